import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { projectFiles } from '../scripts/project-files.ts';
import { importFaults, type SourceFile } from './import-table.ts';

const sources: readonly SourceFile[] = projectFiles()
  .filter((path) => path.startsWith('src/') && path.endsWith('.ts'))
  .map((path) => readSource(path, readFileSync(path, 'utf8')));

function readSource(path: string, text: string): SourceFile {
  const imports = new Set<string>();
  const atRunTime = new Set<string>();
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) {
      imports.add(specifier);
      if (!isTypesOnly(node)) atRunTime.add(specifier);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ESNext));
  return { path, imports: [...imports], typesOnly: [...imports].filter((specifier) => !atRunTime.has(specifier)) };
}

function specifierOf(node: ts.Node): string | undefined {
  let specifier: ts.Node | undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) specifier = node.moduleSpecifier;
  else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) specifier = node.argument.literal;
  else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    specifier = node.arguments[0];
  return specifier && ts.isStringLiteral(specifier) ? specifier.text : undefined;
}

function isTypesOnly(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  return ts.isImportTypeNode(node) || (ts.isExportDeclaration(node) && node.isTypeOnly);
}

describe('the import table', () => {
  it('holds for every source file', () => {
    expect(sources.length).toBeGreaterThan(5);
    expect(importFaults(sources)).toEqual([]);
  });

  it('reads every form of import, and knows which are types alone', () => {
    const text = `import './a.ts'; import type { B } from './b.ts'; export * from './c.ts'; export type { D } from './d.ts';
      import { type E, f } from './e.ts'; import type { C } from './c.ts'; const g: import('./g.ts').G = await import('./h.ts');`;
    expect(readSource('src/x.ts', text)).toEqual({
      path: 'src/x.ts',
      imports: ['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts', './g.ts', './h.ts'],
      typesOnly: ['./b.ts', './d.ts', './g.ts'],
    });
  });

  it.each([
    ['a part importing a part above it', 'src/ami/session.ts', '../gateway/gateway.ts', /ami may import no other part/],
    [
      'the gateway knowing the mock',
      'src/gateway/gateway.ts',
      '../mock-ami/pbx/pbx.ts',
      /gateway may import ami, gateway\/wire/,
    ],
    ['the mock knowing the gateway', 'src/mock-ami/pbx/pbx.ts', '../../gateway/wire/model.ts', /mock-ami may import/],
    [
      'a wire that is no leaf',
      'src/gateway/wire/reduce.ts',
      '../../ami/message.ts',
      /gateway\/wire may import no other part/,
    ],
    [
      'a wire importing its own part',
      'src/mock-ami/control/wire.ts',
      './server.ts',
      /control\/wire may import no other/,
    ],
    [
      'the SDK knowing more of the gateway than its wire',
      'src/client/client.ts',
      '../gateway/bus.ts',
      /client may import/,
    ],
    ['the panel passing by the SDK', 'src/panel/app.ts', '../gateway/wire/model.ts', /panel may import client/],
    ['Node code in the middle', 'src/ami/session.ts', './tcp.node.ts', /runs in Node and browsers, but imports/],
    [
      'browser code in the middle',
      'src/ami/session.ts',
      './runtime.browser.ts',
      /runs in Node and browsers, but imports/,
    ],
    ['Node code in a page', 'src/client/msw/office.ts', '../../mock-ami/mock-pbx.node.ts', /runs in browser only/],
    ["Node's own modules in the middle", 'src/ami/session.ts', 'node:net', /needs Node/],
    ['a package that needs Node in the middle', 'src/gateway/gateway.ts', 'pino', /needs Node/],
    ['a test file from code', 'src/ami/session.ts', './session.test.ts', /but imports src\/ami\/session.test.ts/],
    ['code outside src', 'src/ami/session.ts', '../../test/fixtures.ts', /is no part of src/],
  ])('catches %s', (_what, path, specifier, fault) => {
    expect(importFaults([{ path, imports: [specifier] }])).toEqual([expect.stringMatching(fault)]);
  });

  it('catches a cycle, and names its files in order', () => {
    const files = [
      { path: 'src/ami/a.ts', imports: ['./b.ts'] },
      { path: 'src/ami/b.ts', imports: ['./c.ts'] },
      { path: 'src/ami/c.ts', imports: ['./b.ts'] },
    ];
    expect(importFaults(files)).toEqual(['import cycle: src/ami/b.ts -> src/ami/c.ts -> src/ami/b.ts']);
  });

  it('allows two files to know each other by their types', () => {
    const files = [
      { path: 'src/ami/a.ts', imports: ['./b.ts'], typesOnly: ['./b.ts'] },
      { path: 'src/ami/b.ts', imports: ['./a.ts'] },
    ];
    expect(importFaults(files)).toEqual([]);
  });

  it.each([
    ['src/mock-ami/mock-pbx.node.ts', 'ws'],
    ['src/gateway/gateway.ts', '../ami/session.ts'],
    ['src/gateway/gateway.test.ts', '../mock-ami/mock-pbx.node.ts'],
    ['src/client/msw/office.ts', '../../gateway/gateway.ts'],
    ['src/cli/demo.node.ts', '../gateway/gateway.ts'],
  ])('allows %s to import %s', (path, specifier) => {
    expect(importFaults([{ path, imports: [specifier] }])).toEqual([]);
  });
});
