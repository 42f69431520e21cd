import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTrace, traceNames } from '../../../test/fixtures.ts';

const types = readFileSync(new URL('ami-events.ts', import.meta.url), 'utf8');

describe('the types of events', () => {
  it('know every event that was recorded', () => {
    const recorded = new Set(
      traceNames().flatMap((name) =>
        readTrace(name).lines.flatMap((line) => /^Event: ([^\r\n]+)/.exec(line.raw ?? '')?.[1] ?? []),
      ),
    );
    expect(recorded.size).toBeGreaterThan(100);
    expect([...recorded].filter((name) => !new RegExp(`^ {2}'?${name}'?:`, 'm').test(types))).toEqual([]);
  });
});
