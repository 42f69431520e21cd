import { describe, expect, test } from 'vitest';
import { Audience, type Stream } from './audience.ts';
import { Bus } from './bus.ts';
import { View } from './view.ts';
import { emptyModel } from './wire/model.ts';
import type { EventMessage, PbxMessage } from './wire/protocol.ts';

const everything = new View({ events: ['*'], hiddenHeaders: [] });
const holdsOnly = new View({ events: ['Hold'], hiddenHeaders: [] });

function stream(ringItems = 1000): Stream {
  return { pbx: 'pbx', bus: new Bus('e', { ringItems, ringBytes: 1e6 }), model: emptyModel(), state: 'up' };
}

function publish({ bus }: Stream, name: string): void {
  bus.publish({ kind: 'event', event: { name, at: 1, headers: { Channel: 'c' } } });
}

/** An audience that hears the bus, and what its only member gets: seq and prev of each message. */
function listen(to: Stream, view: View) {
  const audience = new Audience(to, view);
  const got: [seq: number, prev: number][] = [];
  to.bus.subscribe((item) => audience.deliver(item));
  audience.join(({ text }) => got.push(place(text)));
  return { audience, got };
}

function place(text: string): [seq: number, prev: number] {
  const { seq, prev } = JSON.parse(text) as EventMessage | PbxMessage;
  return [seq, prev];
}

describe('prev', () => {
  test('names the message before, of those that the view shows', () => {
    const pbx = stream();
    const { got } = listen(pbx, holdsOnly);
    for (const name of ['Hold', 'VarSet', 'VarSet', 'Hold', 'Unhold', 'Hold']) publish(pbx, name);
    expect(got).toEqual([
      [1, 0],
      [4, 1],
      [6, 4],
    ]);
  });

  test('is never greater than what a client has seen, wherever it comes in or comes back', () => {
    const pbx = stream();
    const names = [
      'VarSet',
      'Hold',
      'VarSet',
      'VarSet',
      'Hold',
      'Hold',
      'VarSet',
      'VarSet',
      'VarSet',
      'Hold',
      'VarSet',
    ];
    for (const name of names) publish(pbx, name);
    for (let seq = 0; seq <= names.length; seq++) {
      const audience = new Audience(pbx, holdsOnly);
      let position = seq;
      const missed = audience.since({ epoch: 'e', seq })?.map(({ text }) => place(text));
      expect(missed?.map(([each]) => each)).toEqual([2, 5, 6, 10].filter((each) => each > seq));
      for (const [each, prev] of missed ?? []) {
        expect(prev).toBeLessThanOrEqual(position);
        expect(prev).toBeLessThan(each);
        position = each;
      }
    }
  });

  test('of the first event after what was missed joins on to it', () => {
    const pbx = stream();
    for (const name of ['Hold', 'VarSet', 'VarSet']) publish(pbx, name);
    const { audience, got } = listen(pbx, holdsOnly);
    expect(audience.since({ epoch: 'e', seq: 0 })?.map(({ text }) => place(text))).toEqual([[1, 0]]);
    publish(pbx, 'Hold');
    expect(got).toEqual([[4, 1]]);
  });

  test('holds too where nothing that is kept is for this view', () => {
    const pbx = stream(2);
    for (const name of ['Hold', 'VarSet', 'VarSet', 'VarSet']) publish(pbx, name);
    const { audience, got } = listen(pbx, holdsOnly);
    expect(audience.since({ epoch: 'e', seq: 2 })).toEqual([]);
    expect(audience.since({ epoch: 'e', seq: 1 })).toBeUndefined();
    publish(pbx, 'Hold');
    expect(got).toEqual([[5, 2]]);
  });
});

test('a message is encoded once for a view, and once more for another', () => {
  const pbx = stream();
  const [one, other] = [new Audience(pbx, everything), new Audience(pbx, holdsOnly)];
  const frames: string[] = [];
  pbx.bus.subscribe((item) => {
    for (const audience of [one, other]) audience.deliver(item);
    frames.push(...item.frames.keys());
  });
  publish(pbx, 'Hold');
  publish(pbx, 'VarSet');
  expect(frames).toEqual([everything.key, holdsOnly.key, everything.key]);
  expect(one.since({ epoch: 'e', seq: 1 })?.[0]).toBe(one.since({ epoch: 'e', seq: 1 })?.[0]);
});

test('the state of the PBX is for everybody', () => {
  const pbx = stream();
  const { got } = listen(pbx, new View({ events: [], hiddenHeaders: [] }));
  pbx.bus.publish({ kind: 'pbx', state: 'down', at: 1, reason: 'gone' });
  publish(pbx, 'Hold');
  expect(got).toEqual([[1, 0]]);
});

test('a snapshot is made once until something happens', () => {
  const pbx = stream();
  const audience = new Audience(pbx, everything);
  const first = audience.start();
  expect(audience.start()).toBe(first);
  publish(pbx, 'Hold');
  expect(JSON.parse(audience.start()[0]?.text ?? '')).toMatchObject({ type: 'snapshot', epoch: 'e', seq: 1 });
});
