import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConfFile, parseConf } from './conf-file.ts';
import { describeConfigWarning } from './config-warning.ts';

function read(text: string, others: Readonly<Record<string, string>> = {}) {
  const resolve = (name: string) => (others[name] === undefined ? [] : [{ file: name, text: others[name] }]);
  const { conf, warnings } = parseConf(text, { file: 'a.conf', resolve });
  return {
    ...conf,
    warnings: warnings.map(describeConfigWarning),
    severities: warnings.map(({ severity }) => severity),
  };
}

function shown({ categories }: ConfFile): string[] {
  return categories.map(({ name, template, entries }) => {
    const settings = entries.map((entry) => `${entry.name}${entry.object ? '=>' : '='}${entry.value}`);
    return `${name}${template ? '!' : ''}: ${settings.join(' ')}`.trim();
  });
}

describe('parseConf', () => {
  it.each([
    ['settings with = and =>', '[a]\nx = 1\ny=>2\nz =>  3 4 ', ['a: x=1 y=>2 z=>3 4']],
    ['an empty value', '[a]\nx =\ny = ', ['a: x= y=']],
    ['blanks around everything, CR at line ends', ' [a] \r\n  x =  1\t\r\n', ['a: x=1']],
    ['categories of equal names apart', '[1001]\ntype=a\n[1001]\ntype=b', ['1001: type=a', '1001: type=b']],
    ['a template and what inherits from it', '[t](!)\nx=1\n[a](t)\ny=2', ['t!: x=1', 'a: x=1 y=2']],
    [
      'several bases in order, names without case',
      '[s](!)\nx=1\n[T](!)\nx=2\n[a](s,t)',
      ['s!: x=1', 'T!: x=2', 'a: x=1 x=2'],
    ],
    ['a plain category as base', '[b]\nx=1\n[a](b)\nx=2', ['b: x=1', 'a: x=1 x=2']],
    ['an addition to a category', '[a]\nx=1\n[b]\n[a](+)\ny=2', ['a: x=1 y=2', 'b:']],
    ['an addition with a filter', '[a]\ntype=x\n[a]\ntype=y\n[a](+type=y)\nz=1', ['a: type=x', 'a: type=y z=1']],
    ['+= that lengthens the last value', '[a]\nx=1\nx += ,2\ny += 3', ['a: x=1 ,2 y=3']],
    ['comments', '; one\n[a];x\nx = 1 ; two\n;y = 2', ['a: x=1']],
    ['escaped semicolons', '[a]\nx = a\\;b ; c', ['a: x=a;b']],
    ['block comments over lines, nested', '[a]\nx=1\n;-- y=2\n;-- z=3 --;\nu=4\n--; v=5', ['a: x=1 v=5']],
    ['block comments within a line', '[a]\nx = 1;-- no --;2', ['a: x=12']],
    ['a line of dashes as a plain comment', '[a]\n;------- x\nx=1', ['a: x=1']],
    ['a value with = in it', '[a]\nsetvar = X=1', ['a: setvar=X=1']],
    ['a name with parentheses', '[a]\neventfilter(name(Hold)) =', ['a: eventfilter(name(Hold))=']],
    ['a first character that is escaped', '[a]\n\\[x] = 1', ['a: [x]=1']],
  ])('reads %s', (_rule, text, expected) => {
    const conf = read(text);
    expect(shown(conf)).toEqual(expected);
    expect(conf.warnings).toEqual([]);
  });

  it.each([
    ['[a', 'a.conf:1: the category has no closing "]"; write [a]', 'error'],
    ['[a](b', 'a.conf:1: the options of [a] have no closing ")"; write [a](b)', 'error'],
    ['x=1', 'a.conf:1: "x=1" stands before any category; put a [category] above it', 'error'],
    ['[a]\n\n[b](t)', 'a.conf:3: [b] inherits from "t", which is not defined above; define [t](!) first', 'error'],
    ['[a](+)', 'a.conf:1: [a](+) adds to a category that is not there; define [a] above, or drop the "(+)"', 'error'],
    [
      '[a]\n#include "no.conf"',
      'a.conf:2: the included file "no.conf" does not exist; add it, or write #tryinclude',
      'error',
    ],
    ['[a]\nhello', 'a.conf:2: "hello" has no "="; write name = value', 'warning'],
    ['[a]\n = 1', 'a.conf:2: there is no name before the "="; write name = value', 'warning'],
    [
      '#includes "x"',
      'a.conf:1: unknown directive "#includes"; a line that starts with "#" can be #include or #tryinclude',
      'warning',
    ],
    ['[a]\n#include', 'a.conf:2: #include names no file; write #include "file.conf"', 'warning'],
    ['#exec /bin/true', 'a.conf:1: #exec is never run; put what it would print into the file', 'warning'],
    ['[a]\n;-- x\ny=1', 'a.conf:2: the comment that ";--" begins here has no end; close it with "--;"', 'warning'],
  ])('says what is wrong in %j, where, and what would be right', (text, warning, severity) => {
    const { warnings, severities } = read(text);
    expect(warnings[0]).toBe(warning);
    expect(severities[0]).toBe(severity);
  });

  it('puts an included file where it is named, with its own file and lines, and goes on in the outer category', () => {
    const conf = read('[a]\nx=1\n#include <b.conf>\ny=2', { 'b.conf': 'in=a\n[b]\nz=3' });
    expect(shown(conf)).toEqual(['a: x=1 in=a y=2', 'b: z=3']);
    const [included, own] = [conf.categories[0]?.entries[1], conf.categories[0]?.entries[2]];
    expect([included?.file, included?.line, own?.file, own?.line]).toEqual(['b.conf', 1, 'a.conf', 4]);
  });

  it('lets #tryinclude name a file that is not there', () => {
    expect(read('#tryinclude "no.conf"').warnings).toEqual([]);
  });

  it('ends files that include each other', () => {
    const { warnings } = read('#include "b.conf"', { 'b.conf': '#include "b.conf"' });
    expect(warnings).toEqual(['b.conf:1: files include each other more than 10 deep at "b.conf"']);
  });

  it('marks what was inherited', () => {
    const [, category] = read('[t](!)\nx=1\n[a](t)\ny=2').categories;
    expect(category?.entries.map(({ inherited }) => inherited)).toEqual([true, false]);
    expect(category?.inherits).toEqual(['t']);
  });

  it('never throws, and names each warning within the text', () => {
    const pieces = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '!',
      '+',
      ',',
      ';',
      ';--',
      '--;',
      '\\',
      '=',
      '=>',
      '+=',
      '#include ',
      '"',
      'a',
      't',
      '\n',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const { warnings } = parseConf(text, { file: 'a.conf' });
        const lines = text.split('\n').length;
        expect(warnings.every(({ line }) => line >= 1 && line <= lines)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
