import type { BusItem } from './bus.ts';
import { type Frame, frame } from './frame.ts';
import type { WireEvent } from './wire/event.ts';
import type { ServerMessage } from './wire/protocol.ts';

/** One message of the JSON protocol. */
export function encodeJson(message: ServerMessage): Frame {
  return frame(JSON.stringify(message));
}

/**
 * A message of the bus.
 * @param event what the view lets see of it, where it is an event
 * @param prev the `seq` of the message before it that clients with this view got
 */
export function encodeItem(pbx: string, item: BusItem, event: WireEvent | undefined, prev: number): Frame {
  const { seq, body } = item;
  if (event !== undefined)
    return encodeJson({ type: 'event', pbx, seq, prev, at: event.at, name: event.name, headers: event.headers });
  if (body.kind !== 'pbx') throw new TypeError('an event that is hidden has no encoding');
  const { state, at, reason } = body;
  return encodeJson({ type: 'pbx', pbx, state, seq, prev, at, ...(reason !== undefined && { reason }) });
}
