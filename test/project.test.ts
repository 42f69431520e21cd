import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declaredCodes, listedCodes } from './error-codes.ts';
import { ruleFaults } from './house-rules.ts';
import { projectFiles } from './project-files.ts';

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
    expect(ruleFaults('src/a.ts', "fetch('/api/work/1'); new URL('https://example.org/home/x')")).toEqual([]);
  });
});

describe('error codes', () => {
  const declared = files
    .filter((path) => path.startsWith('src/') && path.endsWith('.ts'))
    .flatMap((path) => declaredCodes(path, readFileSync(path, 'utf8')));

  it('are read from unions of any size', () => {
    const text = "export type AErrorCode = 'A_ONE' | 'A_TWO'; export type BErrorCode = 'B_ONE'; type Mode = 'x' | 'y';";
    expect(declaredCodes('x.ts', text)).toEqual(['A_ONE', 'A_TWO', 'B_ONE']);
  });

  it('are given once each', () => {
    expect(declared.length).toBeGreaterThan(0);
    expect(declared.filter((code, at) => declared.indexOf(code) !== at)).toEqual([]);
  });

  it('are all listed in the README, and no others', () => {
    expect(listedCodes(readFileSync('README.md', 'utf8')).toSorted()).toEqual(declared.toSorted());
  });
});
