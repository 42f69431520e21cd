import { current, shown } from '../channel.ts';
import type { PbxEvent } from '../event.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel, ChannelSnapshot } from '../state.ts';

/** A channel that an event tells of, with what it shows at that moment. */
export interface EventSubject {
  readonly channel: Channel;
  readonly snapshot: ChannelSnapshot;
}

/** The channel whose headers begin with `prefix`; undefined where the event names none that lives. */
export function subjectOf(pbx: Pbx, event: PbxEvent, prefix = ''): EventSubject | undefined {
  const channel = pbx.channel(headerOf(event, `${prefix}Uniqueid`));
  if (channel === undefined) return undefined;
  return { channel, snapshot: channel.dead ? current(pbx, channel) : shown(pbx, channel) };
}

/** Value of the first header of that name; '' where there is none. */
export function headerOf(event: PbxEvent, header: string): string {
  return event.headers.find(([name]) => name === header)?.[1] ?? '';
}
