import { describe, expect, test } from 'vitest';
import { ManualClock } from '../../src/ami/manual-clock.ts';
import { nodeRuntime } from '../../src/ami/runtime.node.ts';
import { Gateway } from '../../src/gateway/gateway.ts';
import type { Model } from '../../src/gateway/wire/model.ts';
import { phoneLogNames, readPhoneLog, readTrace, traceNames } from '../fixtures.ts';
import { type ExpectedLamp, type LampCheck, lampChecks } from './phone-lamps.ts';
import { ReplayPbx } from './replay-pbx.ts';

/** Recordings that end while somebody still talks, as the index of the recordings says. */
const ENDS_IN_CALL = /^(core-show-channels-several|core-show-channels-1|filter-action|originate-errors)(\.run2)?$/;
/** Bridges that Asterisk keeps when the last channel has left: a parking lot's, an agent pool's, that of the Stasis client, who keeps it. */
const KEPT_BRIDGES = /^(parking|agent_hold|stasis)$/;

/** Where phones and Asterisk see the same call differently, and why. */
const DIFFERENT: readonly {
  readonly trace: RegExp;
  readonly why: string;
  readonly accepts: (check: LampCheck, shown: ShownLamp) => boolean;
}[] = [
  {
    trace: /^(ami-atxfer|ami-atxfer-cancel|feature-atxfer-by-dtmf)$/,
    why: 'Asterisk itself holds 1001 while it asks 1003; no phone does',
    accepts: ({ phone, lamp }, shown) => phone === '1001' && lamp === 'up' && shown === 'held',
  },
  {
    trace: /^local-channel-not-optimized$/,
    why: 'the hold of 1001 ends at the Local channel; the device of 1002 stays in use',
    accepts: ({ phone, lamp }, shown) => phone === '1002' && lamp === 'held' && shown === 'up',
  },
  {
    trace: /^(events-mask|filter-action)$/,
    why: 'the session had switched off the events that tell of lamps',
    accepts: () => true,
  },
  {
    trace: /^originate-sync$/,
    why: 'a synchronous Originate holds back everything that the session would hear',
    accepts: ({ atMs }) => atMs < 2000,
  },
  {
    trace: /^fault-core-restart-gracefully$/,
    why: 'from its shutdown on Asterisk has no phones, which notice nothing',
    accepts: ({ atMs }) => atMs > 4100,
  },
  {
    trace: /^(fault-core-restart-now|fault-kill-9)$/,
    why: 'Asterisk is gone: lamps are unknown until it is back, and then nobody talks, whatever the phones think',
    accepts: (_, shown) => shown === 'unknown' || shown === 'idle',
  },
  {
    trace: /^busy-hour-mix$/,
    why: 'the recording stood still: what happened from 31.37 s on was read at 31.76 s',
    accepts: ({ atMs }) => atMs > 31_370 && atMs < 31_765,
  },
];

type ShownLamp = ExpectedLamp | 'unavailable' | 'unknown';

const LAMPS: ReadonlyMap<number, ShownLamp> = new Map([
  [-1, 'unknown'],
  [0, 'idle'],
  [1, 'up'],
  [4, 'unavailable'],
  [8, 'ringing'],
  [9, 'ringing while up'],
  [16, 'held'],
]);

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A gateway before a recording, and the clock that moves both. */
async function replay(name: string) {
  const clock = new ManualClock();
  const runtime = nodeRuntime({ clock, random: { next: () => 0.5 } });
  const pbx = new ReplayPbx(runtime, readTrace(name));
  const gateway = new Gateway({
    runtime,
    pbx: { connect: () => pbx.connect(), credentials: { username: 'admin', secret: 'adminpw' } },
    users: { version: 1, users: [] },
  });
  await clock.runUntil(gateway.open(), settle);
  const moveTo = async (time: () => number) => {
    for (let leftMs = time() - clock.now(); leftMs > 0; leftMs = time() - clock.now()) {
      clock.advance(Math.min(leftMs, 100));
      await settle();
    }
  };
  return { gateway, pbx, moveTo };
}

function lampOf(model: Model, phone: string): ShownLamp | undefined {
  const extension = model.extensions.get(`${phone}@hints-only`);
  return extension && LAMPS.get(extension.status);
}

function leftOver(model: Model): readonly string[] {
  return [
    ...[...model.channels.values()].map(({ channel }) => `channel ${channel}`),
    ...[...model.calls.keys()].map((call) => `call ${call}`),
    ...[...model.bridges.values()].filter(({ type }) => !KEPT_BRIDGES.test(type)).map(({ type }) => `bridge ${type}`),
    ...[...model.queues.values()].flatMap(({ queue, callers }) =>
      callers.map(({ channel }) => `${channel} in ${queue}`),
    ),
    ...[...model.extensions.values()]
      .filter(({ status }) => status !== 0 && status !== 4)
      .map(({ exten, statusText }) => `lamp ${exten} ${statusText}`),
  ];
}

const withCalls = traceNames({ secondRuns: true }).filter((name) =>
  readTrace(name).lines.some(({ raw }) => raw?.startsWith('Event: Newchannel')),
);
const withPhones = withCalls.filter((name) => phoneLogNames().includes(name));

test('the recordings are all there', () => {
  expect(withCalls.length).toBeGreaterThan(200);
  expect(withPhones.length).toBeGreaterThan(90);
});

describe('after a recorded call nothing of it is left in the model', () => {
  test.each(withCalls)('%s', async (name) => {
    const { gateway, pbx, moveTo } = await replay(name);
    await moveTo(() => pbx.endMs - 1);
    if (ENDS_IN_CALL.test(name)) expect(gateway.pbxState).toBe('up');
    else expect(leftOver(gateway.model)).toEqual([]);
    gateway.close();
  });
});

const met = new Set<(typeof DIFFERENT)[number]>();

describe('through a recorded call the lamps show what the phones logged', () => {
  test.each(withPhones)('%s', async (name) => {
    const { gateway, pbx, moveTo } = await replay(name);
    const wrong: string[] = [];
    for (const check of lampChecks(readPhoneLog(name))) {
      await moveTo(() => pbx.startMs + check.atMs);
      const shown = lampOf(gateway.model, check.phone);
      if (shown === undefined || shown === check.lamp) continue;
      const difference = DIFFERENT.find(({ trace, accepts }) => trace.test(name) && accepts(check, shown));
      if (difference !== undefined) met.add(difference);
      else wrong.push(`${check.atMs} ms: ${check.phone} is ${check.lamp}, its lamp says ${shown}`);
    }
    expect(wrong).toEqual([]);
    gateway.close();
  });

  test('and that is checked often, for every lamp', () => {
    const checks = withPhones.flatMap((name) => lampChecks(readPhoneLog(name)));
    for (const lamp of ['idle', 'ringing', 'up', 'ringing while up', 'held'])
      expect(checks.filter((check) => check.lamp === lamp).length, lamp).toBeGreaterThan(100);
  });

  test('but for differences that are really there', () => {
    expect(DIFFERENT.filter((difference) => !met.has(difference)).map(({ why }) => why)).toEqual([]);
  });
});
