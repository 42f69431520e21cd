import type { WireEvent } from './event.ts';
import { Draft, type Fact, type Reducer } from './facts.ts';
import { emptyModel, type Model } from './model.ts';
import { BRIDGE_EVENTS } from './reduce-bridges.ts';
import { CHANNEL_EVENTS, readChannel } from './reduce-channels.ts';
import { LAMP_EVENTS } from './reduce-lamps.ts';
import { QUEUE_EVENTS } from './reduce-queues.ts';

const REDUCERS: ReadonlyMap<string, Reducer> = new Map([
  ...CHANNEL_EVENTS,
  ...BRIDGE_EVENTS,
  ...LAMP_EVENTS,
  ...QUEUE_EVENTS,
]);

/**
 * Takes one event of the PBX into the model and says what changed by it. Pure but for the model: no clock, no chance, and
 * whatever an event says, it never throws. Events that the model does not know still tell where their channel is now.
 */
export function reduce(model: Model, event: WireEvent): readonly Fact[] {
  const draft = new Draft(model);
  readChannel(draft, event);
  REDUCERS.get(event.name)?.(draft, event);
  return draft.facts();
}

/**
 * What losing the PBX does to the model: calls are no longer known, and lamps are unknown until the next snapshot.
 * Extensions, devices and queue members stay in the lists, so that what shows them need not come and go.
 */
export function reducePbxLoss(model: Model): readonly Fact[] {
  const draft = new Draft(model);
  for (const kind of ['channel', 'bridge', 'call'] as const) {
    const table = { channel: model.channels, bridge: model.bridges, call: model.calls }[kind];
    for (const key of [...table.keys()]) draft.drop(kind, key);
  }
  for (const [key, extension] of [...model.extensions])
    draft.put('extension', key, { ...extension, status: -1, statusText: 'Unknown' });
  for (const [key, device] of [...model.devices]) draft.put('device', key, { ...device, state: 'UNKNOWN' });
  for (const [key, queue] of [...model.queues])
    draft.put('queue', key, {
      ...queue,
      members: queue.members.map((member) => ({ ...member, status: 0, inCall: false })),
      callers: [],
    });
  return draft.facts();
}

/** Empties the model: what was known of a PBX is worth nothing once another run of it is filled in. */
export function forgetAll(model: Model): void {
  for (const table of Object.keys(emptyModel()) as (keyof Model)[]) model[table].clear();
}
