import type { Random } from '../../ami/runtime.ts';
import type { PbxEvent } from '../pbx/event.ts';

/** What Asterisk's device state thread tells, some time after what it is about: it may come later still, but in its own order. */
const LAGGING = new Set(['DeviceStateChange', 'ExtensionStatus', 'QueueMemberStatus']);
/** Headers that name a call or its parts. */
const CALL_HEADER = /(?:Uniqueid|Linkedid)$/i;
/** Headers that name a device, or a channel of one. */
const DEVICE_HEADER = /^(?:Device|Interface|StateInterface|Location|Peer|Hint)$|Channel$/i;
const OTHER_HEADER = /^(?:Queue|Conference|Mailbox|Parkinglot|EndpointName|AOR)$/i;

/**
 * Another order of events that came about at nearly the same time, as a real Asterisk's threads could have made it.
 *
 * Two events keep their order where they are about the same call, channel, bridge, device or queue, and where they have the same
 * cause; who is about nothing of all that keeps it towards all. But what the device state thread tells may come after what its call
 * did meanwhile, as that thread runs behind. Source: order of events within 50 ms in both runs of the recordings `ring-group`,
 * `two-calls-at-once`, `call-25-times`.
 * @param events in the order in which they came about
 * @returns each of them once
 */
export function shuffledEvents<Item extends { readonly event: PbxEvent }>(
  events: readonly Item[],
  random: Random,
): Item[] {
  const waiting = events.map((item) => ({ item, about: subjectsOf(item.event) }));
  const shuffled: Item[] = [];
  while (waiting.length > 0) {
    const free = waiting.flatMap((one, at) => (waiting.slice(0, at).some((before) => bound(before, one)) ? [] : [at]));
    const [chosen] = waiting.splice(free[Math.floor(random.next() * free.length)] ?? 0, 1);
    if (chosen !== undefined) shuffled.push(chosen.item);
  }
  return shuffled;
}

interface Placed {
  readonly item: { readonly event: PbxEvent };
  readonly about: ReadonlySet<string>;
}

/** Whether Asterisk tells `before` before `after` in any case. */
function bound(before: Placed, after: Placed): boolean {
  if (before.about.size === 0 || after.about.size === 0) return true;
  const early = LAGGING.has(before.item.event.name);
  const late = LAGGING.has(after.item.event.name);
  if (early && late) return true;
  if (early) return false;
  return before.item.event.cause === after.item.event.cause || intersects(before.about, after.about);
}

/** What an event is about; nothing where it is about the PBX as a whole. */
function subjectsOf({ headers }: PbxEvent): ReadonlySet<string> {
  const subjects = new Set<string>();
  for (const [name, value] of headers) {
    if (value === '') continue;
    if (CALL_HEADER.test(name)) subjects.add(`call ${value}`);
    else if (DEVICE_HEADER.test(name)) for (const one of value.split(/[&,]/)) subjects.add(`device ${deviceOf(one)}`);
    else if (OTHER_HEADER.test(name)) subjects.add(`${name.toLowerCase()} ${value}`);
  }
  return subjects;
}

/** `PJSIP/1001-0000002c` is a channel of `PJSIP/1001`; a queue is a device too: `Queue:support`. */
function deviceOf(text: string): string {
  return text.replace(/-[0-9a-f]{8}(?:;[12])?$/, '');
}

function intersects(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const subject of one) if (other.has(subject)) return true;
  return false;
}
