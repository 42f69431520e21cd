import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseMessage } from '../../src/ami/parse-message.ts';
import { nodeRuntime } from '../../src/ami/runtime.node.ts';
import { toWire } from '../../src/gateway/to-wire.ts';
import type { CallFact } from '../../src/gateway/wire/call-fact.ts';
import { CallStory } from '../../src/gateway/wire/call-story.ts';
import { type PhoneLogLine, phoneLogNames, readPhoneLog, readTrace, traceNames } from '../fixtures.ts';
import { sentence } from './call-sentence.ts';

const { text } = nodeRuntime();
const expected = parse(readFileSync(new URL('../../fixtures/call-facts.yaml', import.meta.url), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>;

/** What the recording's first session tells. */
function factsOf(name: string): readonly CallFact[] {
  const { lines } = readTrace(name);
  const story = new CallStory();
  return lines.flatMap(({ dir, raw, encoding, t, conn }) => {
    if (dir !== 'in' || conn !== lines[0]?.conn || raw === undefined || !raw.startsWith('Event:')) return [];
    const message = parseMessage(text.encode(raw, encoding ?? 'utf8').subarray(0, -2), text);
    return message.get('ActionID') !== undefined && message.event !== 'OriginateResponse'
      ? []
      : story.read(toWire(message, t));
  });
}

const names = Object.keys(expected);

test('expectations are there for many recordings', () => {
  expect(names.length).toBeGreaterThanOrEqual(60);
});

describe('the story of a recorded call is what happened', () => {
  test.each(names)('%s', (name) => {
    expect(factsOf(name).map(sentence)).toEqual(expected[name]);
  });

  test('and the same in the second run, but for what Asterisk itself leaves open: the order of what races', () => {
    const all = traceNames({ secondRuns: true });
    const second = names.filter((name) => all.includes(`${name}.run2`));
    expect(second.length).toBeGreaterThan(50);
    for (const name of second)
      expect([name, factsOf(`${name}.run2`).map(sentence).sort()]).toEqual([name, [...(expected[name] ?? [])].sort()]);
  });
});

/** What each phone logged of its own calls: how often it called, rang and answered. */
function loggedBy(log: readonly PhoneLogLine[]): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const incoming = new Map<string, Set<unknown>>();
  for (const line of log) {
    const key = `${line.phone} ${line['call']}`;
    if (line.ev === 'incoming') incoming.set(key, new Set());
    if (line.ev !== 'state') continue;
    if (line['state'] === 'CALLING') {
      incoming.delete(key);
      if (!isTurnedDown(log, line)) count(`${line.phone} calls`);
    }
    const seen = incoming.get(key);
    if (seen === undefined || seen.has(line['state'])) continue;
    seen.add(line['state']);
    if (line['state'] === 'EARLY') count(`${line.phone} rings`);
    if (line['state'] === 'CONFIRMED') count(`${line.phone} answers`);
  }
  return counts;
}

/** A number that is not in the dialplan makes no channel, so Asterisk tells nothing of it. Nor does the phone log how it goes on. */
function isTurnedDown(log: readonly PhoneLogLine[], { phone, call, t }: PhoneLogLine): boolean {
  const end = log.find(
    (line) => line.phone === phone && line['call'] === call && line['state'] === 'DISCONNECTED' && line.t > t,
  );
  return end?.['code'] === 404;
}

/** Recordings whose session was deaf for a while, or in which somebody took part who is no phone. */
const NOT_COMPARABLE = /^(?:events-mask|filter-action|chan-websocket)(?:\.run2)?$/;

test('whatever was recorded: as often as the phones logged it, each of them called, rang and answered', () => {
  const recorded = traceNames({ secondRuns: true });
  const logs = phoneLogNames().filter((name) => recorded.includes(name) && !NOT_COMPARABLE.test(name));
  let compared = 0;
  for (const name of logs) {
    const log = readPhoneLog(name);
    const told: Record<string, number> = {};
    for (const fact of factsOf(name)) {
      if (fact.fact !== 'calls' && fact.fact !== 'rings' && fact.fact !== 'answers') continue;
      if (fact.party.phone === 'trunk' || isNowhere(fact)) continue;
      const key = `${fact.party.phone} ${fact.fact}`;
      told[key] = (told[key] ?? 0) + 1;
      compared += 1;
    }
    expect([name, told]).toEqual([name, loggedBy(log)]);
  }
  expect(compared).toBeGreaterThan(700);
});

/** 1090 never registers, so its callers are told 404 too. */
function isNowhere(fact: CallFact): boolean {
  return fact.fact === 'calls' && fact.to === '1090';
}
