import { byteLength } from '../byte-slice.ts';
import { posixRegex } from '../posix-regex.ts';
import { splitArguments } from '../split-arguments.ts';
import { decodeCharacters } from './encoded-character.ts';
import type { PureFunction } from './pure-function.ts';

/** Functions of text. Source: funcs/func_strings.c. */
export const textFunctions: Readonly<Record<string, PureFunction>> = {
  LEN: { read: (_environment, args) => String(byteLength(args)) },
  TOUPPER: { read: (_environment, args) => args.replace(/[a-z]/g, (letter) => letter.toUpperCase()) },
  TOLOWER: { read: (_environment, args) => args.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) },
  QUOTE: { read: (_environment, args) => `"${args.replace(/["\\]/g, '\\$&')}"` },
  CSV_QUOTE: { read: (_environment, args) => `"${args.replaceAll('"', '""')}"` },
  KEYPADHASH: { read: (_environment, args) => [...args.toLowerCase()].map(keyOf).join('') },
  REGEX: { read: (_environment, args) => matchesRegex(args) },
  FILTER: {
    read: (_environment, args) => {
      const [allowed = '', text = ''] = splitRaw(args, 2);
      const set = characterSet(allowed);
      return [...text].filter((character) => set.has(character)).join('');
    },
  },
  REPLACE: {
    read: (environment, args) => {
      const [variable = '', find = '', replacement = ''] = splitRaw(args, 3);
      const wanted = new Set(decodeCharacters(find));
      const put = decodeCharacters(replacement).charAt(0);
      const text = environment.variable(variable) ?? '';
      return [...text].map((character) => (wanted.has(character) ? put : character)).join('');
    },
  },
  STRREPLACE: {
    read: (environment, args) => {
      const [variable = '', find = '', replacement = '', limit = ''] = splitRaw(args, 4);
      const text = environment.variable(variable) ?? '';
      return replaceUpTo(
        text,
        find,
        replacement,
        limit === '' ? Number.POSITIVE_INFINITY : Number.parseInt(limit, 10) || 0,
      );
    },
  },
  TRIM: { read: (_environment, args) => args.trim() },
  LTRIM: { read: (_environment, args) => args.trimStart() },
  RTRIM: { read: (_environment, args) => args.trimEnd() },
};

function splitRaw(args: string, max: number): string[] {
  return splitArguments(args, { max, raw: true });
}

/** `"pattern" text`: 1 where the pattern is found. */
function matchesRegex(args: string): string {
  const match = /^\s*"((?:[^"\\]|\\[\s\S])*)"\s?([\s\S]*)$/.exec(args);
  const regex = posixRegex((match?.[1] ?? '').replaceAll('\\"', '"'));
  return match !== null && regex?.test(match[2] ?? '') ? '1' : '0';
}

/** `a-z0-9\x2c`: characters and ranges. */
function characterSet(text: string): ReadonlySet<string> {
  const characters = new Set<string>();
  const parts = [...text.matchAll(/(\\x[0-9a-fA-F]{1,2}|\\[\s\S]|[\s\S])(?:-(\\x[0-9a-fA-F]{1,2}|\\[\s\S]|[\s\S]))?/g)];
  for (const [, first = '', last = first] of parts) {
    const [from, to] = [decodeCharacters(first).charCodeAt(0), decodeCharacters(last).charCodeAt(0)];
    for (let code = Math.min(from, to); code <= Math.max(from, to); code += 1)
      characters.add(String.fromCharCode(code));
  }
  return characters;
}

function replaceUpTo(text: string, find: string, replacement: string, limit: number): string {
  if (find === '') return text;
  const parts = text.split(find);
  const replaced = Math.min(limit, parts.length - 1);
  return (
    parts
      .slice(0, replaced)
      .map((part) => part + replacement)
      .join('') + parts.slice(replaced).join(find)
  );
}

const keys = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

function keyOf(character: string): string {
  if (/\d/.test(character)) return character;
  const key = keys.findIndex((letters) => letters.includes(character));
  return key < 0 ? '' : String(key + 2);
}
