import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../ami/seeded-random.ts';
import type { PbxEvent } from '../pbx/event.ts';
import { shuffledEvents } from './shuffle-events.ts';

let count = 0;
const event = (name: string, cause: string, headers: Record<string, string>): { event: PbxEvent; id: number } => ({
  event: { name, cause, headers: Object.entries(headers), privilege: 'call,all', atMs: 0 },
  id: count++,
});

/** Channel events of a few calls, device states, and now and then something about the whole PBX. */
const anyEvent = fc
  .record({
    name: fc.constantFrom('Newstate', 'BridgeEnter', 'DeviceStateChange', 'ExtensionStatus', 'Reload'),
    cause: fc.constantFrom('step:1', 'step:2', 'timer:3'),
    phone: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ name, cause, phone }) => {
    if (name === 'Reload') return event(name, cause, { Module: 'All' });
    if (name === 'DeviceStateChange') return event(name, cause, { Device: `PJSIP/${phone}` });
    if (name === 'ExtensionStatus') return event(name, cause, { Exten: String(phone), Hint: `PJSIP/${phone}&SIP/9` });
    return event(name, cause, { Channel: `PJSIP/${phone}-0000000${phone}`, Uniqueid: `1.${phone}`, Linkedid: '' });
  });
const isState = ({ event: { name } }: { event: PbxEvent }) =>
  name === 'DeviceStateChange' || name === 'ExtensionStatus';

describe('shuffled events', () => {
  it('are the same events, of which those keep their order that share a channel, a cause, or the device state thread', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), fc.nat(), (events, seed) => {
        const shuffled = shuffledEvents(events, new SeededRandom(seed));
        const place = new Map(shuffled.map((item, at) => [item, at]));
        expect(new Set(shuffled)).toEqual(new Set(events));
        for (const [at, before] of events.entries()) {
          for (const after of events.slice(at + 1)) {
            const same = (read: (item: typeof before) => unknown) => read(before) === read(after);
            const deviceLags = isState(before) && !isState(after) && after.event.name !== 'Reload';
            const kept =
              before.event.name === 'Reload' ||
              after.event.name === 'Reload' ||
              (isState(before) && isState(after)) ||
              (!deviceLags && (same(({ event: { cause } }) => cause) || same(phoneOf)));
            if (kept) expect(place.get(before)).toBeLessThan(place.get(after) ?? -1);
          }
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('come in every order that is left', () => {
    const events = ['1', '2', '3'].map((n) => event('Newstate', `step:${n}`, { Uniqueid: `1.${n}` }));
    const orders = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      orders.add(
        shuffledEvents(events, new SeededRandom(seed))
          .map(({ event: { cause } }) => cause.slice(-1))
          .join(''),
      );
    }
    expect([...orders].sort()).toEqual(['123', '132', '213', '231', '312', '321']);
  });
});

function phoneOf({ event: { headers } }: { event: PbxEvent }): string {
  return /\/(\d)/.exec(headers.map(([, value]) => value).join(' '))?.[1] ?? '';
}
