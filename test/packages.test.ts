import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

type Exports = string | { readonly [condition: string]: Exports };

function targetsOf(exports: Exports): string[] {
  return typeof exports === 'string' ? [exports] : Object.values(exports).flatMap(targetsOf);
}

/** Names of what a package hands out, seen by a program of its own. */
function namesOf(specifier: string): string[] {
  const program = `console.log(Object.keys(await import('${specifier}')).sort().join())`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
    .trim()
    .split(',');
}

describe.each(['.', 'src/mock-ami'])('the package in %s', (folder) => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

  it('has every file that its doors lead to, as it is built', () => {
    const targets = [...targetsOf(manifest.exports), ...Object.values<string>(manifest.bin ?? {})];
    expect(targets.length).toBeGreaterThan(1);
    expect(targets.filter((target) => !existsSync(join(folder, target)))).toEqual([]);
  });

  it('packs what it needs to run, and no tests', () => {
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const [pack] = JSON.parse(
      execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    const files: string[] = pack.files.map(({ path }: { path: string }) => path);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'package.json']));
    expect(files.filter((path) => /\.test\.|\.ts$/.test(path) && !path.endsWith('.d.ts'))).toEqual([]);
  });
});

describe('doors', () => {
  it('asterclick: the SDK', () => {
    expect(namesOf('asterclick')).toEqual(
      expect.arrayContaining(['AsterClick', 'ClientError', 'PhoneWallClient', 'defineElements']),
    );
  });

  it('asterclick/msw: the mock and the gateway in a tab', () => {
    expect(namesOf('asterclick/msw')).toContain('startOffline');
  });

  it('net-mock-ami: the simulated PBX', () => {
    expect(namesOf('net-mock-ami')).toEqual(
      expect.arrayContaining(['MockPbx', 'createStage', 'listenAmi', 'smallOffice']),
    );
  });
});
