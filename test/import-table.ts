/**
 * Which part may import which, as data, and a check of a set of files against it.
 * `DESIGN` of the parts: mock and gateway meet only in AMI bytes, and the middle asks the platform for nothing.
 */

/** A source file and what it imports, in the form it is written (`./link.ts`, `node:net`, `ws`). */
export interface SourceFile {
  /** From the root of the project, `/` between folders. */
  readonly path: string;
  readonly imports: readonly string[];
  /** Those of them that import types alone: they count for the table, but bind nothing at run time, so not for cycles. */
  readonly typesOnly?: readonly string[];
}

/** A part is a folder of `src`; `mock-ami/control/wire` and `gateway/wire` stand for themselves, as others may import just them. */
type Part = keyof typeof MAY_IMPORT;

/** Longest first, so that a wire is found before the part that it lies in. */
const PART_PATHS = [
  ['gateway/wire', /^src\/gateway\/wire\//],
  ['mock-ami/control/wire', /^src\/mock-ami\/control\/wire\.ts$/],
  ['client/msw', /^src\/client\/msw\//],
  ['ami', /^src\/ami\//],
  ['scenarios', /^src\/scenarios\//],
  ['mock-ami', /^src\/mock-ami\//],
  ['gateway', /^src\/gateway\//],
  ['client', /^src\/client\//],
  ['panel', /^src\/panel\//],
  ['testing', /^src\/testing\//],
  ['cli', /^src\/cli\//],
] as const;

/** Besides itself. */
const MAY_IMPORT = {
  ami: [],
  'mock-ami/control/wire': [],
  'gateway/wire': [],
  scenarios: ['ami'],
  'mock-ami': ['ami', 'scenarios', 'mock-ami/control/wire'],
  gateway: ['ami', 'gateway/wire'],
  client: ['gateway/wire', 'mock-ami/control/wire'],
  'client/msw': ['ami', 'scenarios', 'mock-ami', 'mock-ami/control/wire', 'gateway', 'gateway/wire', 'client'],
  panel: ['client', 'client/msw'],
  testing: ['ami', 'scenarios', 'mock-ami', 'mock-ami/control/wire', 'gateway', 'gateway/wire', 'client', 'client/msw'],
  cli: [
    'ami',
    'scenarios',
    'mock-ami',
    'mock-ami/control/wire',
    'gateway',
    'gateway/wire',
    'client',
    'client/msw',
    'panel',
    'testing',
  ],
} as const satisfies Record<string, readonly string[]>;

/** Packages that need Node: only `*.node.ts` files, and parts that run nowhere else, may import them, as they may `node:*`. */
const NODE_PACKAGES = new Set(['ws', 'pino', 'prom-client', 'commander']);

/** Where a file runs: `both` may import only `both`. Tests and the settings of tools run under Node and are free. */
type Platform = 'node' | 'browser' | 'both' | 'tool';

/** Parts that run on one platform only, so that their files need not say so; all others are for both. */
const PLATFORM_OF_PART: Partial<Record<Part, Platform>> = {
  client: 'browser',
  'client/msw': 'browser',
  panel: 'browser',
  testing: 'node',
  cli: 'node',
};

function partOf(path: string): Part | undefined {
  return PART_PATHS.find(([, pattern]) => pattern.test(path))?.[0];
}

/** Every breach of the table, as one sentence each; empty where there is none. Imports within a part are always allowed. */
export function importFaults(files: readonly SourceFile[]): string[] {
  const faults = files.flatMap((file) => file.imports.flatMap((specifier) => faultOf(file, specifier) ?? []));
  return [...faults, ...cycles(files).map((cycle) => `import cycle: ${cycle.join(' -> ')}`)];
}

function faultOf(file: SourceFile, specifier: string): string | undefined {
  const platform = platformOf(file.path);
  if (platform === 'tool') return undefined;
  if (!specifier.startsWith('.')) return packageFault(file.path, platform, specifier);
  const target = resolve(file.path, specifier);
  return platformFault(file.path, platform, target) ?? partFault(file.path, target);
}

function packageFault(path: string, platform: Platform, specifier: string): string | undefined {
  const needsNode = specifier.startsWith('node:') || NODE_PACKAGES.has(specifier);
  if (!needsNode || platform === 'node') return undefined;
  return `${path} imports ${specifier}, which needs Node: only *.node.ts files may`;
}

function platformFault(path: string, platform: Platform, target: string): string | undefined {
  const wanted = platformOf(target);
  if (wanted === 'both' || wanted === platform) return undefined;
  return `${path} runs in ${platform === 'both' ? 'Node and browsers' : `${platform} only`}, but imports ${target}`;
}

function partFault(path: string, target: string): string | undefined {
  const from = partOf(path);
  const to = partOf(target);
  if (from === undefined) return undefined;
  if (to === undefined) return `${path} imports ${target}, which is no part of src`;
  const allowed: readonly string[] = MAY_IMPORT[from];
  if (from === to || allowed.includes(to)) return undefined;
  return `${path} imports ${target}: ${from} may import ${allowed.join(', ') || 'no other part'}`;
}

function platformOf(path: string): Platform {
  if (/\.(test|test-support|config)\.ts$/.test(path)) return 'tool';
  if (path.endsWith('.node.ts')) return 'node';
  if (path.endsWith('.browser.ts')) return 'browser';
  const part = partOf(path);
  return (part && PLATFORM_OF_PART[part]) ?? 'both';
}

/** The target of a relative import, from the root of the project. */
function resolve(from: string, specifier: string): string {
  const folders = from.split('/').slice(0, -1);
  for (const step of specifier.replace(/\?.*$/, '').split('/')) {
    if (step === '..') folders.pop();
    else if (step !== '.') folders.push(step);
  }
  return folders.join('/');
}

/** Each cycle once, found depth first. */
function cycles(files: readonly SourceFile[]): string[][] {
  const imports = new Map(files.map((file) => [file.path, runTimeTargets(file)]));
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path]);
    if (start >= 0 || done.has(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return found;
}

function runTimeTargets({ path, imports, typesOnly = [] }: SourceFile): string[] {
  return imports
    .filter((specifier) => specifier.startsWith('.') && !typesOnly.includes(specifier))
    .map((specifier) => resolve(path, specifier));
}
