import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTrace } from '../../../test/fixtures.ts';
import type { Trace, TraceLine } from '../trace.ts';
import { type Comparison, compareTraces, isPerfect } from './compare.ts';

/** A line taken out, put in twice, moved, changed, or given another time; lines count from 0 after the header. */
interface Change {
  readonly drop?: number;
  readonly repeat?: number;
  readonly move?: readonly [from: number, to: number];
  readonly replace?: readonly [line: number, text: string, by: string];
  readonly time?: readonly [line: number, t: number];
}

interface Judged {
  readonly recordings: readonly string[];
  readonly candidate: string;
  readonly change?: Change;
  readonly expected: Record<
    'score' | 'golden' | 'candidate' | 'exact' | 'near' | 'missing' | 'extra' | 'order',
    number
  >;
}

/** Judged by the instrument that the recordings came with. */
const judged = JSON.parse(
  readFileSync(new URL('../../../fixtures/fidelity-expected.json', import.meta.url), 'utf8'),
) as Judged[];

describe('the measure', () => {
  it.each(judged.map((each) => [`${each.candidate} ${JSON.stringify(each.change ?? 'as recorded')}`, each] as const))(
    'agrees on %s',
    (_title, { recordings, candidate, change, expected }) => {
      const result = compareTraces(recordings.map(readTrace), changed(readTrace(candidate), change ?? {}));
      expect(figures(result)).toEqual(expected);
    },
  );

  it('finds each recording perfect beside itself', () => {
    const trace = readTrace('hold-unhold');
    expect(isPerfect(compareTraces([trace], trace))).toBe(true);
  });

  it('explains what differs, by header', () => {
    const trace = readTrace('hold-unhold');
    const hold = trace.lines.findIndex((line) => line.raw?.startsWith('Event: Hold\r'));
    const other = changed(trace, { replace: [hold, 'ChannelState: 6\r\n', ''] });
    expect(compareTraces([trace], other).near).toEqual([
      { event: 'Hold (PJSIP/1001-#1)', t: expect.any(Number), notes: ['header ChannelState is missing'] },
    ]);
    const added = changed(trace, { replace: [hold, 'Event: Hold', 'Event: Hold\r\nMore: 1'] });
    expect(compareTraces([trace], added).near[0]?.notes).toEqual(['header More should not be there']);
    const value = changed(trace, { replace: [hold, 'ChannelState: 6', 'ChannelState: 5'] });
    expect(compareTraces([trace], value).near[0]?.notes).toEqual(["ChannelState: '6' expected, '5' found"]);
  });

  it('gives an empty trace beside recordings nothing, beside nothing everything', () => {
    const trace = readTrace('ping');
    const empty: Trace = { header: trace.header, lines: [] };
    expect(compareTraces([trace], empty).score).toBe(0);
    expect(compareTraces([empty], empty).score).toBe(1);
  });
});

function changed({ header, lines }: Trace, { drop, repeat, move, replace, time }: Change): Trace {
  const result: TraceLine[] = [...lines];
  const lineAt = (at: number): TraceLine => lines[at] ?? { t: 0, dir: 'close' };
  if (drop !== undefined) result.splice(drop, 1);
  if (repeat !== undefined) result.splice(repeat, 0, lineAt(repeat));
  if (move !== undefined) result.splice(move[1], 0, ...result.splice(move[0], 1));
  if (replace !== undefined) {
    const line = lineAt(replace[0]);
    result[replace[0]] = { ...line, raw: line.raw?.replace(replace[1], () => replace[2]) ?? '' };
  }
  if (time !== undefined) result[time[0]] = { ...lineAt(time[0]), t: time[1] };
  return { header, lines: result };
}

function figures(result: Comparison): Judged['expected'] {
  const { score, golden, candidate, exact, near, missing, extra, order } = result;
  return {
    score,
    golden,
    candidate,
    exact,
    near: near.length,
    missing: missing.length,
    extra: extra.length,
    order: order.length,
  };
}
