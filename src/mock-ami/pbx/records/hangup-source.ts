import { channelsIn } from '../bridge.ts';
import type { PbxEvent } from '../event.ts';
import type { EventWatcher } from '../machinery.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { headerOf, subjectOf } from './event-subject.ts';

const HANGUP_SOURCE = 'hangupSource';

/** Who ended the channel: a channel's name, `dialplan/builtin`, or '' where nobody said so. */
export function hangupSource(channel: Channel): string {
  const source = channel.extra[HANGUP_SOURCE];
  return typeof source === 'string' ? source : '';
}

/** Who says so first counts. Source: `ast_set_hangupsource`, main/channel.c. */
function blame(channel: Channel, source: string): void {
  channel.extra[HANGUP_SOURCE] ??= source;
}

/** A far end hung up: its own channel, and those it talks to, end by it. */
function farEndHangsUp(pbx: Pbx, event: PbxEvent): void {
  const channel = subjectOf(pbx, event)?.channel;
  if (channel === undefined) return;
  blame(channel, channel.name);
  const bridge = pbx.bridge(channel.bridge);
  if (bridge !== undefined) for (const other of channelsIn(pbx, bridge)) blame(other, channel.name);
}

const ENDS_THE_CALL = /^(hangup|busy|congestion)$/i;

function applicationRuns(pbx: Pbx, event: PbxEvent): void {
  const channel = subjectOf(pbx, event)?.channel;
  if (channel !== undefined && ENDS_THE_CALL.test(headerOf(event, 'Application'))) blame(channel, 'dialplan/builtin');
}

export const hangupSourceWatchers: Readonly<Record<string, EventWatcher>> = {
  HangupRequest: farEndHangsUp,
  Newexten: applicationRuns,
};
