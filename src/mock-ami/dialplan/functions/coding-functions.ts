import { sha1 } from '@noble/hashes/legacy.js';
import { splitArguments } from '../split-arguments.ts';
import { formatText } from './format-text.ts';
import type { PureFunction } from './pure-function.ts';
import { utf8Bytes, utf8Text } from './utf8.ts';

/** Functions that code text. Source: funcs/func_uri.c, func_base64.c, func_md5.c, func_sha1.c, func_sprintf.c. */
export const codingFunctions: Readonly<Record<string, PureFunction>> = {
  URIENCODE: {
    read: (_environment, args) =>
      utf8Bytes(args)
        .map((byte) => {
          const character = String.fromCharCode(byte);
          return /[A-Za-z0-9._~-]/.test(character) ? character : `%${hex(byte).toUpperCase()}`;
        })
        .join(''),
  },
  URIDECODE: {
    read: (_environment, args) => {
      const bytes = [...args.matchAll(/%([0-9a-fA-F]{2})|([\s\S])/gu)].flatMap(([, code, character = '']) =>
        code === undefined ? utf8Bytes(character) : [Number.parseInt(code, 16)],
      );
      return utf8Text(bytes);
    },
  },
  BASE64_ENCODE: { read: (_environment, args) => toBase64(utf8Bytes(args)) },
  BASE64_DECODE: { read: (_environment, args) => utf8Text(fromBase64(args)) },
  MD5: { read: (environment, args) => environment.md5(args) },
  SHA1: { read: (_environment, args) => [...sha1(Uint8Array.from(utf8Bytes(args)))].map(hex).join('') },
  SPRINTF: {
    read: (_environment, args) => {
      const [format = '', ...values] = splitArguments(args);
      return formatText(format, values);
    },
  },
};

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const characters = [18, 12, 6, 0].map((shift) => alphabet.charAt((group >> shift) & 63)).join('');
    text += characters.slice(0, Math.min(4, bytes.length - at + 1)).padEnd(4, '=');
  }
  return text;
}

function fromBase64(text: string): readonly number[] {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  return bytes;
}
