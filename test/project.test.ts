import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codesTable, declaredCodes, listedTable } from '../scripts/error-codes.ts';
import { projectFiles } from '../scripts/project-files.ts';
import { ruleFaults } from './house-rules.ts';

const files = projectFiles();

describe('house rules', () => {
  it('hold in every file', () => {
    const checked = files.filter((path) => !path.startsWith('fixtures/'));
    expect(checked.flatMap((path) => ruleFaults(path, readFileSync(path, 'utf8')))).toEqual([]);
  });

  it.each([
    ['src/a.ts', `const file = '/${'home'}/ann/x';`, "a path of somebody's machine"],
    ['docs/a.md', `see /${'work'}/shared`, "a path of somebody's machine"],
    ['src/a.ts', `// ${'TO'}DO: later`, 'work left open'],
    ['package-lock.json', `"resolved": "${'http'}s://registry.example/x.tgz"`, 'the host of a package registry'],
    ['src/a.test.ts', `it${'.only'}('x', () => {})`, 'a test that runs alone or not at all'],
  ])('catch a fault in %s', (path, text, fault) => {
    expect(ruleFaults(path, `\n${text}`)).toEqual([expect.stringContaining(`${path}:2: ${fault}`)]);
  });

  it('let addresses, and folders of the web, alone', () => {
    expect(ruleFaults('src/a.ts', "fetch('/api/root/1'); new URL('https://example.org/home/x')")).toEqual([]);
  });
});

describe('error codes', () => {
  const declared = files
    .filter((path) => path.startsWith('src/') && path.endsWith('.ts'))
    .flatMap((path) => declaredCodes(readFileSync(path, 'utf8')));

  it('are read from unions of any size, with their comments', () => {
    const text = `export type AErrorCode =
      /** One
       *  thing. */
      | 'A_ONE'
      | 'A_TWO'; export type BErrorCode = 'B_ONE'; type Mode = 'x' | 'y';`;
    expect(declaredCodes(text)).toEqual([
      { code: 'A_ONE', meaning: 'One thing.' },
      { code: 'A_TWO', meaning: '' },
      { code: 'B_ONE', meaning: '' },
    ]);
  });

  it('are given once each, and each says what it means', () => {
    expect(declared.length).toBeGreaterThan(0);
    expect(declared.filter(({ code }, at) => declared.findIndex((other) => other.code === code) !== at)).toEqual([]);
    expect(declared.filter(({ meaning }) => meaning === '')).toEqual([]);
  });

  it('are all listed in the README, with their meaning; `npm run readme` does it', () => {
    expect(listedTable(readFileSync('README.md', 'utf8'))).toBe(codesTable(declared));
  });
});
