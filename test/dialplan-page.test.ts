import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applicationNames } from '../src/mock-ami/pbx/application-names.ts';
import { pbxMachinery } from '../src/mock-ami/pbx/pbx-machinery.ts';

const page = readFileSync(new URL('../docs/dialplan.md', import.meta.url), 'utf8');

/** Names in backquotes that stand in lines of nothing else, in the sections whose title fits. */
function named(title: RegExp): string[] {
  const sections = page.split(/^## /m).filter((section) => title.test(section.split('\n')[0] ?? ''));
  const lines = sections.flatMap((section) => section.split('\n')).filter((line) => /^(`\w+` ?)+$/.test(line));
  return lines.flatMap((line) => [...line.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? ''));
}

describe('the page of the dialplan', () => {
  it('names the applications that are known, each once', () => {
    expect(named(/^Applications/).sort()).toEqual([...applicationNames.values()].sort());
  });

  it('names the functions that are known, each once', () => {
    expect(named(/^Functions/).sort()).toEqual([...pbxMachinery.functions.keys()].sort());
  });
});
