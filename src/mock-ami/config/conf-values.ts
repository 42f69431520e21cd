import type { ConfCategory, ConfFile } from './conf-file.ts';
import { leadingInteger } from './leading-integer.ts';

/** What a category says, looked up as Asterisk's modules do: names without case, the last of equal names wins. */
export class ConfValues {
  readonly category: ConfCategory | undefined;

  constructor(category: ConfCategory | undefined) {
    this.category = category;
  }

  /** The last value of that name, or of the first of several spellings that is there. */
  text(...names: readonly string[]): string | undefined {
    for (const name of names) {
      const wanted = name.toLowerCase();
      const entry = this.category?.entries.findLast((candidate) => candidate.name.toLowerCase() === wanted);
      if (entry !== undefined) return entry.value;
    }
    return undefined;
  }

  /** Every value of that name, in order. */
  all(name: string): readonly string[] {
    const wanted = name.toLowerCase();
    const entries = this.category?.entries ?? [];
    return entries.filter((entry) => entry.name.toLowerCase() === wanted).map((entry) => entry.value);
  }

  /** `fallback` where the name is absent; any value that is not a word for true is false. */
  flag(name: string, fallback: boolean): boolean {
    const value = this.text(name);
    return value === undefined ? fallback : isTrue(value);
  }

  /** The whole number that the value begins with; `fallback` where there is none. */
  integer(name: string, fallback: number): number {
    return leadingInteger(this.text(name) ?? '') ?? fallback;
  }

  /** Comma-separated values of every line of that name, without blanks and empty ones. */
  list(name: string): readonly string[] {
    return this.all(name).flatMap(splitList);
  }
}

/** Yes, true, y, t, 1 and on, in any case. Source: main/utils.c, ast_true. */
export function isTrue(value: string): boolean {
  return ['yes', 'true', 'y', 't', '1', 'on'].includes(value.toLowerCase());
}

/** No, false, n, f, 0 and off, in any case. Source: main/utils.c, ast_false. */
export function isFalse(value: string): boolean {
  return ['no', 'false', 'n', 'f', '0', 'off'].includes(value.toLowerCase());
}

export function splitList(value: string): readonly string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The values of the first category of that name that is no template. */
export function valuesOf(conf: ConfFile, name: string): ConfValues {
  const wanted = name.toLowerCase();
  return new ConfValues(
    conf.categories.find((category) => !category.template && category.name.toLowerCase() === wanted),
  );
}
