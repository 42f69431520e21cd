/**
 * A gateway that has followed an office by its events alone must know the same as one that comes fresh and reads the PBX's own
 * lists; also where its link was cut and the PBX restarted meanwhile. And a browser must know the same as its gateway.
 */
import { expect, test } from 'vitest';
import { AmiError } from '../src/ami/ami-error.ts';
import type { Link } from '../src/ami/link.ts';
import { ManualClock } from '../src/ami/manual-clock.ts';
import { nodeRuntime } from '../src/ami/runtime.node.ts';
import { SeededRandom } from '../src/ami/seeded-random.ts';
import { Gateway } from '../src/gateway/gateway.ts';
import { hashSecret } from '../src/gateway/secret-hash.ts';
import { emptyModel, fromSnapshot, type Model, toSnapshot } from '../src/gateway/wire/model.ts';
import type { ServerMessage } from '../src/gateway/wire/protocol.ts';
import { reduce, reducePbxLoss } from '../src/gateway/wire/reduce.ts';
import { smallOffice } from '../src/mock-ami/config/small-office.ts';
import { createStage } from '../src/mock-ami/simulated-stage.ts';
import { OfficeLife } from '../src/scenarios/office/office-life.ts';
import { officePeople } from '../src/scenarios/office/office-people.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const CHEAP = { cost: 2, blockSize: 1, parallelization: 1, keyBytes: 16 };

async function office(seed: number) {
  const clock = new ManualClock();
  const random = new SeededRandom(seed);
  const runtime = nodeRuntime({ clock, random });
  const stage = createStage({ runtime, files: smallOffice, seed });
  const users = [{ name: 'eve', role: 'viewer', secret: await hashSecret('eve', runtime.digest, CHEAP) }];
  const open = () => {
    const links: Link[] = [];
    const connect = async () => {
      const link = stage.connect();
      if (link === undefined) throw new AmiError('AMI_CONNECT_FAILED', 'The PBX is down');
      links.push(link);
      return link;
    };
    const credentials = { username: 'admin', secret: stage.managerSecret('admin') ?? '' };
    const gateway = new Gateway({ runtime, pbx: { connect, credentials }, users: { version: 1, users } });
    return { gateway, links, opened: gateway.open() };
  };
  const pass = async (ms: number) => {
    for (let leftMs = ms; leftMs > 0; leftMs -= 50) {
      clock.advance(Math.min(50, leftMs));
      await settle();
    }
  };
  return { clock, random, stage, open, pass };
}

/** A browser's model, kept by what the gateway sends and nothing else. */
function browserOf(gateway: Gateway) {
  const browser = { model: emptyModel(), seq: 0, gaps: 0 };
  const handlers = gateway.accept({
    address: 'test',
    pendingBytes: 0,
    close: () => {},
    send: ({ text }) => {
      const message = JSON.parse(text) as ServerMessage;
      if (message.type === 'snapshot') browser.model = fromSnapshot(message.model);
      if (message.type === 'event' || message.type === 'pbx') browser.gaps += message.prev > browser.seq ? 1 : 0;
      if (message.type === 'event') reduce(browser.model, message);
      if (message.type === 'pbx' && message.state === 'down') reducePbxLoss(browser.model);
      if ('seq' in message) browser.seq = message.seq;
    },
  });
  handlers.message(JSON.stringify({ type: 'hello', user: 'eve', secret: 'eve' }));
  return browser;
}

/** What lists and events can both tell: all but when something began, who holds where several might, and what hears music. */
function comparable(model: Model) {
  const { channels, bridges, calls, extensions, devices, queues, parked, conferences, mailboxes, contacts, presence } =
    toSnapshot(model);
  const sorted = <State extends object>(states: readonly State[]) =>
    states.map((state) => JSON.stringify(state, [...Object.keys(state), 'length'].toSorted())).toSorted();
  return {
    channels: sorted(channels.map(({ sinceMs: _s, answeredMs: _a, holding: _h, music: _m, ...rest }) => rest)),
    bridges: sorted(
      bridges.map(({ technology: _t, channels: inside, ...rest }) => ({ ...rest, in: inside.toSorted().join() })),
    ),
    calls: sorted(calls.map(({ linkedid, channels: inside }) => ({ linkedid, in: inside.toSorted().join() }))),
    extensions: sorted(extensions.map(({ exten, context, status }) => ({ exten, context, status }))),
    devices: sorted(devices.filter(({ device }) => /^PJSIP\/\d/.test(device))),
    parked: sorted(parked.map(({ sinceMs: _s, untilMs: _u, ...rest }) => rest)),
    conferences: sorted(
      conferences.map(({ conference, members }) => ({
        conference,
        in: sorted(members.map(({ talking: _, ...rest }) => rest)).join(),
      })),
    ),
    mailboxes: sorted(mailboxes),
    contacts: sorted(contacts),
    presence: sorted(presence),
    queues: sorted(
      queues.map(({ queue, members, callers }) => ({ queue, members: inQueue(members), callers: inQueue(callers) })),
    ),
  };
}

/** Asterisk lists members in no order. */
function inQueue(states: readonly object[]): string {
  return states
    .map((state) => JSON.stringify({ ...state, sinceMs: 0 }))
    .toSorted()
    .join();
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('office %i', async (seed) => {
  const { clock, random, stage, open, pass } = await office(seed);
  const { gateway, links, opened } = open();
  await clock.runUntil(opened, settle);
  const browser = browserOf(gateway);
  const phones = ['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008'];
  const { callers } = officePeople(seed, { workers: 8, callers: 10 });
  const life = new OfficeLife({ stage, random, phones, trunk: 'trunk', callers, callsAtOnce: 4 });
  life.start();
  let compared = 0;
  for (let turn = 0; turn < 25; turn++) {
    await pass(500 + random.next() * 4000);
    const chance = random.next();
    if (chance < 0.15) links.at(-1)?.destroy();
    if (chance > 0.95) stage.pbx.restart();
    const fresh = open();
    await pass(1000);
    while (gateway.pbxState !== 'up' || fresh.gateway.pbxState !== 'up') await pass(1000);
    expect(comparable(gateway.model)).toEqual(comparable(fresh.gateway.model));
    expect(toSnapshot(browser.model)).toEqual(toSnapshot(gateway.model));
    compared += gateway.model.channels.size;
    fresh.gateway.close();
  }
  expect(compared).toBeGreaterThan(25);
  expect(browser.gaps).toBe(0);
  life.stop();
  await pass(60_000);
  const { channels, calls, queues } = toSnapshot(gateway.model);
  expect([channels, calls, queues.flatMap((queue) => queue.callers)]).toEqual([[], [], []]);
  gateway.close();
});
