import type { ConfigWarning } from './config-warning.ts';
import { stripComments } from './strip-comments.ts';

/** `name = value` or `name => value`. */
export interface ConfEntry {
  readonly name: string;
  readonly value: string;
  readonly file: string;
  readonly line: number;
  /** Written with `=>`. */
  readonly object: boolean;
  /** Came from a template or another category. */
  readonly inherited: boolean;
}

/** `[name](...)` and what stands below it; what it inherits comes first. */
export interface ConfCategory {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** `[name](!)`: there only to be inherited from. */
  readonly template: boolean;
  /** The categories named in the parentheses. */
  readonly inherits: readonly string[];
  readonly entries: readonly ConfEntry[];
}

/** One configuration file with all that it includes; equal category names may come more than once. */
export interface ConfFile {
  readonly file: string;
  readonly categories: readonly ConfCategory[];
}

/** A file that `#include` may bring in. */
export interface IncludedFile {
  readonly file: string;
  readonly text: string;
}

export interface ParseConfOptions {
  /** Name for warnings, and of the file that the entries came from. */
  readonly file: string;
  /** The files that an `#include` names (several for a `*` pattern); `undefined` or none: there is no such file. */
  readonly resolve?: (name: string) => readonly IncludedFile[] | undefined;
}

export interface ParsedConf {
  readonly conf: ConfFile;
  readonly warnings: readonly ConfigWarning[];
}

const maxIncludeDepth = 10;
const maxLineLength = 8190;

interface MutableCategory extends ConfCategory {
  template: boolean;
  readonly inherits: string[];
  readonly entries: ConfEntry[];
}

/**
 * Reads Asterisk's configuration text. Never throws: what Asterisk would refuse is a warning of severity `error`, and reading
 * goes on behind it so that all faults of a file are seen at once.
 * Source: main/config.c, process_text_line.
 */
export function parseConf(text: string, options: ParseConfOptions): ParsedConf {
  const reader = new ConfReader(options);
  reader.read(text, options.file, 1);
  return { conf: { file: options.file, categories: reader.categories }, warnings: reader.warnings };
}

class ConfReader {
  readonly categories: MutableCategory[] = [];
  readonly warnings: ConfigWarning[] = [];
  readonly #options: ParseConfOptions;
  #current: MutableCategory | undefined;
  #file = '';
  #line = 0;

  constructor(options: ParseConfOptions) {
    this.#options = options;
  }

  read(text: string, file: string, depth: number): void {
    const stripped = stripComments(text);
    for (const { line, text: content } of stripped.lines) {
      this.#file = file;
      this.#line = line;
      if (content.length > maxLineLength) {
        this.#warn(`the line has ${content.length} characters and is skipped; ${maxLineLength} is the limit`);
      } else if (content.startsWith('[')) this.#header(content);
      else if (content.startsWith('#')) this.#directive(content, depth);
      else this.#entry(content);
    }
    if (stripped.unterminatedAt !== undefined) {
      this.#file = file;
      this.#line = stripped.unterminatedAt;
      this.#warn('the comment that ";--" begins here has no end; close it with "--;"');
    }
  }

  #header(content: string): void {
    const end = content.indexOf(']');
    if (end < 0) {
      this.#error(`the category has no closing "]"; write [${content.slice(1).trim()}]`);
      return;
    }
    const name = content.slice(1, end);
    const category = this.#newCategory(name);
    this.#current = category;
    const rest = content.slice(end + 1);
    if (!rest.startsWith('(')) {
      this.categories.push(category);
      return;
    }
    const close = rest.indexOf(')');
    if (close < 0) this.#error(`the options of [${name}] have no closing ")"; write [${name}]${rest.trim()})`);
    this.#applyOptions(category, rest.slice(1, close < 0 ? undefined : close).split(','));
  }

  #newCategory(name: string): MutableCategory {
    return { name, file: this.#file, line: this.#line, template: false, inherits: [], entries: [] };
  }

  #applyOptions(category: MutableCategory, options: readonly string[]): void {
    let target = category;
    for (const option of options) {
      if (option === '!') target.template = true;
      else if (option.startsWith('+')) {
        const existing = this.#find(category.name, option.slice(1));
        if (existing === undefined) {
          this.#error(
            `[${category.name}](+) adds to a category that is not there; define [${category.name}] above, or drop the "(+)"`,
          );
          continue;
        }
        existing.template ||= target.template;
        existing.entries.push(...target.entries);
        target = existing;
      } else this.#inherit(target, option);
    }
    this.#current = target;
    if (target === category) this.categories.push(category);
  }

  #inherit(target: MutableCategory, baseName: string): void {
    const base = this.categories.find((category) => sameName(category.name, baseName));
    if (base === undefined) {
      this.#error(
        `[${target.name}] inherits from "${baseName}", which is not defined above; define [${baseName}](!) first`,
      );
      return;
    }
    target.inherits.push(base.name);
    target.entries.push(...base.entries.map((entry) => ({ ...entry, inherited: true })));
  }

  /** The category that `[name](+filter)` adds to; a filter is `name=value`, several joined by `&`. */
  #find(name: string, filter: string): MutableCategory | undefined {
    const wanted = filter.split('&').filter((part) => part.includes('='));
    return this.categories.find(
      (category) => sameName(category.name, name) && wanted.every((part) => hasEntry(category, part)),
    );
  }

  #directive(content: string, depth: number): void {
    const [word = '', ...others] = content.slice(1).split(/\s+/);
    const directive = word.toLowerCase();
    const argument = unquote(others.length > 0 ? content.slice(1 + word.length).trim() : '');
    if (directive === 'exec') this.#warn('#exec is never run; put what it would print into the file');
    else if (directive !== 'include' && directive !== 'tryinclude') {
      this.#warn(`unknown directive "#${word}"; a line that starts with "#" can be #include or #tryinclude`);
    } else if (argument === '') this.#warn(`#${directive} names no file; write #${directive} "file.conf"`);
    else if (depth >= maxIncludeDepth)
      this.#error(`files include each other more than ${maxIncludeDepth} deep at "${argument}"`);
    else this.#include(argument, directive === 'tryinclude', depth);
  }

  #include(name: string, optional: boolean, depth: number): void {
    const files = this.#options.resolve?.(name) ?? [];
    if (files.length === 0 && !optional && !name.includes('*')) {
      this.#error(`the included file "${name}" does not exist; add it, or write #tryinclude`);
    }
    const outer = this.#current;
    for (const included of files) this.read(included.text, included.file, depth + 1);
    this.#current = outer;
  }

  #entry(content: string): void {
    const category = this.#current;
    const escaped = content.startsWith('\\');
    const text = escaped ? content.slice(1) : content;
    const equals = text.indexOf('=', escaped ? 1 : 0);
    if (category === undefined) {
      this.#error(`"${short(content)}" stands before any category; put a [category] above it`);
    } else if (equals < 0) this.#warn(`"${short(content)}" has no "="; write name = value`);
    else if (equals > 0 && text[equals - 1] === '+')
      this.#append(category, text.slice(0, equals - 1).trim(), text.slice(equals + 1));
    else {
      const object = text[equals + 1] === '>';
      this.#add(category, text.slice(0, equals).trim(), text.slice(equals + (object ? 2 : 1)), object);
    }
  }

  #add(category: MutableCategory, name: string, value: string, object: boolean): void {
    if (name === '') this.#warn('there is no name before the "="; write name = value');
    else
      category.entries.push({
        name,
        value: value.trim(),
        file: this.#file,
        line: this.#line,
        object,
        inherited: false,
      });
  }

  /** `name += more`: lengthens the last value of that name. */
  #append(category: MutableCategory, name: string, more: string): void {
    const index = category.entries.findLastIndex((entry) => entry.name === name);
    const existing = category.entries[index];
    if (existing === undefined) this.#add(category, name, more, false);
    else category.entries[index] = { ...existing, value: (existing.value + more).trim(), inherited: false };
  }

  #warn(message: string): void {
    this.warnings.push({ file: this.#file, line: this.#line, severity: 'warning', message });
  }

  #error(message: string): void {
    this.warnings.push({ file: this.#file, line: this.#line, severity: 'error', message });
  }
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function hasEntry(category: ConfCategory, nameAndValue: string): boolean {
  const equals = nameAndValue.indexOf('=');
  const value = nameAndValue.slice(equals + 1);
  return category.entries.some((entry) => sameName(entry.name, nameAndValue.slice(0, equals)) && entry.value === value);
}

function unquote(text: string): string {
  const close = text.startsWith('"') ? '"' : text.startsWith('<') ? '>' : '';
  return close !== '' && text.length > 1 && text.endsWith(close) ? text.slice(1, -1) : text;
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
