import type { Header } from '../../../ami/message.ts';
import { shown } from '../channel.ts';
import { tellDeviceState } from '../device-tell.ts';
import { fullMailbox, mailboxCounts } from '../mailbox-counts.ts';
import type { Pbx } from '../pbx.ts';
import { channelHeaders } from '../snapshot.ts';
import type { Channel } from '../state.ts';

/**
 * Tells how many messages are in the mailbox: MessageWaiting, and the state of the device `MWI:1002@default`.
 * With the channel by which that changed, if any. Source: recording `voicemail-mwi`.
 */
export function tellMessageWaiting(pbx: Pbx, mailbox: string, channel?: Channel): void {
  const full = fullMailbox(mailbox);
  const { fresh, urgent, old } = mailboxCounts(pbx, full);
  const waiting = fresh + urgent > 0;
  const of: readonly Header[] = channel === undefined ? [] : channelHeaders(shown(pbx, channel));
  pbx.emit('MessageWaiting', [
    ...of,
    ['Mailbox', full],
    ['Waiting', waiting ? '1' : '0'],
    ['New', String(fresh + urgent)],
    ['Old', String(old)],
  ]);
  tellDeviceState(pbx, `MWI:${full}`, waiting ? 'INUSE' : 'NOT_INUSE');
}
