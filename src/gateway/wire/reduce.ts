import type { WireEvent } from './event.ts';
import { Draft, type Fact, type FactKind, type Reducer } from './facts.ts';
import { emptyModel, type Model, type ModelSnapshot } from './model.ts';
import { CHANNEL_ACTION_EVENTS } from './reduce-actions.ts';
import { BRIDGE_EVENTS } from './reduce-bridges.ts';
import { CHANNEL_EVENTS, readChannel } from './reduce-channels.ts';
import { LAMP_EVENTS } from './reduce-lamps.ts';
import { PHONE_EVENTS } from './reduce-phones.ts';
import { PLACE_EVENTS } from './reduce-places.ts';
import { QUEUE_EVENTS } from './reduce-queues.ts';

const REDUCERS: ReadonlyMap<string, readonly Reducer[]> = byName([
  ...CHANNEL_EVENTS,
  ...BRIDGE_EVENTS,
  ...LAMP_EVENTS,
  ...QUEUE_EVENTS,
  ...PLACE_EVENTS,
  ...PHONE_EVENTS,
  ...CHANNEL_ACTION_EVENTS,
]);

/** Tables of a model that are kept, as in a snapshot. */
export type KeptTables = ReadonlySet<keyof ModelSnapshot>;

/**
 * Takes one event of the PBX into the model and says what changed by it. Pure but for the model: no clock, no chance, and
 * whatever an event says, it never throws. Events that the model does not know still tell where their channel is now.
 * @param keeps as the snapshot says, where the events are not all that there are
 */
export function reduce(model: Model, event: WireEvent, keeps?: KeptTables): readonly Fact[] {
  const draft = new Draft(model, keeps);
  readChannel(draft, event);
  for (const take of REDUCERS.get(event.name) ?? []) take(draft, event);
  return draft.facts();
}

/** What is of calls, and gone with them. */
const OF_CALLS = [
  'channel',
  'bridge',
  'call',
  'parked',
  'conference',
  'recording',
  'transfer',
] as const satisfies FactKind[];

/**
 * What losing the PBX does to the model: calls are no longer known, and lamps are unknown until the next snapshot.
 * Extensions, devices, queue members and contacts stay in the lists, so that what shows them need not come and go; mailboxes and
 * presence stay as they were last.
 */
export function reducePbxLoss(model: Model): readonly Fact[] {
  const draft = new Draft(model);
  for (const kind of OF_CALLS) for (const key of draft.keys(kind)) draft.drop(kind, key);
  for (const [key, extension] of [...model.extensions])
    draft.put('extension', key, { ...extension, status: -1, statusText: 'Unknown' });
  for (const [key, device] of [...model.devices]) draft.put('device', key, { ...device, state: 'UNKNOWN' });
  for (const [key, contact] of [...model.contacts]) draft.put('contact', key, { ...contact, status: 'Unknown' });
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

/** One event may concern several parts of the model. */
function byName(reducers: readonly (readonly [name: string, reducer: Reducer])[]): Map<string, readonly Reducer[]> {
  const named = new Map<string, readonly Reducer[]>();
  for (const [name, reducer] of reducers) named.set(name, [...(named.get(name) ?? []), reducer]);
  return named;
}
