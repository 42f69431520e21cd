import { AmiError } from '../ami/ami-error.ts';
import type { Header } from '../ami/message.ts';
import type { AmiSession } from '../ami/session.ts';
import { deviceOfChannel } from './device.ts';
import type { Log } from './log.ts';
import { LISTS, readRow } from './read-row.ts';
import { toWire } from './to-wire.ts';
import { header, type WireEvent } from './wire/event.ts';
import type { Model } from './wire/model.ts';
import { reduce } from './wire/reduce.ts';

/** What a fill works on. */
export interface FillContext {
  readonly model: Model;
  /** Live events since the fill began, growing while it goes on. */
  readonly since: readonly WireEvent[];
  /** Milliseconds since the epoch. */
  now(): number;
  readonly log: Log;
  /** The PBX's name, for the log. */
  readonly pbx?: string;
}

/** A fill under way: lists that the AMI user may not ask for. */
interface Fill extends FillContext {
  readonly denied: string[];
}

/**
 * Fills the model from the lists of the PBX while live events apply. A list is older than every event that came after it was
 * asked for, so its rows are read first and those events once more: no row ever overwrites something newer.
 * A list that the PBX does not give (no right, no such action) is left out.
 * @throws AmiError where the link fails: `AMI_TIMEOUT`, `AMI_LINK_LOST`
 */
export async function fillModel(session: AmiSession, context: FillContext): Promise<void> {
  const fill: Fill = { ...context, denied: [] };
  const answers = await Promise.all(LISTS.map((list) => ask(session, list, fill)));
  const rows = answers.flat();
  const rooms = rows.filter(({ name }) => name === 'ConfbridgeListRooms').map((row) => header(row, 'Conference'));
  const members = await Promise.all(rooms.map((room) => ask(session, 'ConfbridgeList', fill, [['Conference', room]])));
  for (const row of [...rows, ...members.flat()]) readRow(context.model, row);
  inferHolds(context.model);
  for (const event of context.since) reduce(context.model, event);
  tellDenied(fill);
}

/**
 * No list tells who holds, but a phone whose device is on hold is held: by the other one in its bridge.
 * Source: recording `hold-unhold`, where holding by 1001 turns the device of 1002 to ONHOLD.
 */
function inferHolds(model: Model): void {
  for (const held of model.channels.values()) {
    const device = deviceOfChannel(held.channel);
    if (model.devices.get(device)?.state !== 'ONHOLD' || channelsOf(model, device) !== 1) continue;
    const [other, ...more] = (model.bridges.get(held.bridge)?.channels ?? []).filter((id) => id !== held.uniqueid);
    const holder = other === undefined || more.length > 0 ? undefined : model.channels.get(other);
    if (holder !== undefined) model.channels.set(holder.uniqueid, { ...holder, holding: true });
  }
}

function channelsOf(model: Model, device: string): number {
  return [...model.channels.values()].filter((channel) => deviceOfChannel(channel.channel) === device).length;
}

const DENIED = 'Permission denied';
/** What Asterisk says where a list is empty. */
const NOTHING_THERE = /^(?:No |There are no |Conference .* not found)/i;

async function ask(
  session: AmiSession,
  list: string,
  context: Fill,
  headers: readonly Header[] = [],
): Promise<readonly WireEvent[]> {
  try {
    const { response, rows } = await session.request(list, headers, { timeoutMs: 30_000 });
    const message = response.get('Message') ?? '';
    if (message === DENIED) context.denied.push(list);
    else if (response.response === 'Error' && !NOTHING_THERE.test(message)) leaveOut(list, message, context);
    const at = context.now();
    return rows.map((row) => toWire(row, at));
  } catch (error) {
    if (!(error instanceof AmiError) || error.code !== 'AMI_LIST_TOO_LONG') throw error;
    leaveOut(list, error.message, context);
    return [];
  }
}

function leaveOut(list: string, reason: string, { log, pbx }: FillContext): void {
  log.warn('The PBX did not give a list; what it tells is known from events only', { pbx, list, reason });
}

/** Asterisk asks for a right to write for these, though they only tell. */
function tellDenied({ denied, log, pbx }: Fill): void {
  if (denied.length === 0) return;
  log.warn('The AMI user may not ask for all lists: what these tell is known from events only', {
    pbx,
    lists: denied.join(' '),
    hint: 'write = call,reporting,system in its section of manager.conf',
  });
}
