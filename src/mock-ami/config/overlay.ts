import type { ConfigChanges } from '../../scenarios/stage.ts';
import { type ConfCategory, parseConf } from './conf-file.ts';
import type { ConfigFiles } from './pbx-config.ts';
import { stripComments } from './strip-comments.ts';

/** Changes of several files, by file name; a file that is not there is made. */
export type ConfigOverlay = Readonly<Record<string, ConfigChanges>>;

/** The files with changes laid over them. */
export function overlayFiles(files: ConfigFiles, overlay: ConfigOverlay): ConfigFiles {
  const changed = new Map(files);
  for (const [file, changes] of Object.entries(overlay)) changed.set(file, overlayText(files.get(file) ?? '', changes));
  return changed;
}

/**
 * A configuration file's text with changes: a named setting takes the place of all its lines in that category (an empty list
 * takes them away), a new one comes last, a new category behind all others, and `'remove'` takes a category away. Where
 * several categories have the name, `type` says which is meant; else it is the first that has one of the settings.
 */
export function overlayText(text: string, changes: ConfigChanges): string {
  return Object.entries(changes).reduce(
    (current, [category, change]) =>
      change === 'remove' ? withoutCategory(current, category) : withSettings(current, category, change),
    text,
  );
}

type Settings = Readonly<Record<string, string | readonly string[]>>;

/** Lines from a header to the next, counted from 1; `end` is behind the last. */
interface Section {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function withoutCategory(text: string, name: string): string {
  const doomed = sectionsOf(text).filter((section) => sameName(section.name, name));
  const lines = text.split('\n');
  return lines.filter((_, index) => !doomed.some(({ start, end }) => index + 1 >= start && index + 1 < end)).join('\n');
}

function withSettings(text: string, name: string, settings: Settings): string {
  const category = targetOf(text, name, settings);
  const section = sectionsOf(text).find(({ start }) => start === category?.line);
  if (category === undefined || section === undefined) return withNewCategory(text, name, settings);
  const lines = text.split('\n');
  const additions: string[] = [];
  const replacements = new Map<number, readonly string[]>();
  for (const [setting, value] of Object.entries(settings)) {
    const own = category.entries.filter(
      (entry) =>
        !entry.inherited && sameName(entry.name, setting) && entry.line > section.start && entry.line < section.end,
    );
    const written = settingLines(setting, value, own[0]?.object ?? false);
    for (const entry of own) replacements.set(entry.line, entry === own[0] ? written : []);
    if (own.length === 0) additions.push(...written);
  }
  const last = lastContentLine(lines, section);
  return lines
    .flatMap((line, index) => [...(replacements.get(index + 1) ?? [line]), ...(index + 1 === last ? additions : [])])
    .join('\n');
}

function withNewCategory(text: string, name: string, settings: Settings): string {
  const lines = Object.entries(settings).flatMap(([setting, value]) => settingLines(setting, value, false));
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${separator}[${name}]\n${lines.map((line) => `${line}\n`).join('')}`;
}

function targetOf(text: string, name: string, settings: Settings): ConfCategory | undefined {
  const { conf } = parseConf(text, { file: '' });
  const named = conf.categories.filter((category) => sameName(category.name, name));
  const has = (category: ConfCategory, setting: string, value?: string) =>
    category.entries.some((entry) => sameName(entry.name, setting) && (value === undefined || entry.value === value));
  const { type } = settings;
  if (typeof type === 'string') return named.find((category) => has(category, 'type', type));
  return named.find((category) => Object.keys(settings).some((setting) => has(category, setting))) ?? named[0];
}

function sectionsOf(text: string): readonly Section[] {
  const headers = stripComments(text).lines.filter((line) => line.text.startsWith('['));
  const behindLast = text.split('\n').length + (text.endsWith('\n') ? 0 : 1);
  return headers.map(({ text: header, line }, index) => {
    const close = header.indexOf(']');
    return {
      name: header.slice(1, close < 0 ? undefined : close),
      start: line,
      end: headers[index + 1]?.line ?? behindLast,
    };
  });
}

/** Blank lines and comments below a category belong to the next. */
function lastContentLine(lines: readonly string[], section: Section): number {
  const content = stripComments(lines.join('\n')).lines.filter(
    ({ line }) => line >= section.start && line < section.end,
  );
  return content.at(-1)?.line ?? section.start;
}

function settingLines(name: string, value: string | readonly string[], object: boolean): readonly string[] {
  const values = typeof value === 'string' ? [value] : value;
  return values.map((text) => `${name} ${object ? '=>' : '='} ${escapeValue(text)}`.trimEnd());
}

/** A semicolon would start a comment, a line break another line. */
function escapeValue(value: string): string {
  return value.replace(/\r?\n/g, ' ').replaceAll(';', '\\;');
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
