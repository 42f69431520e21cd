import { current, shown } from './channel.ts';
import type { Pbx } from './pbx.ts';
import { channelHeaders } from './snapshot.ts';
import type { Channel } from './state.ts';

/**
 * DialBegin, DialState and DialEnd, with both channels as they are now; DialBegin shows the called one as it was told last.
 * Source: recording `call-with-gosubs-and-variables`.
 */
export function tellDial(
  pbx: Pbx,
  name: 'DialBegin' | 'DialState' | 'DialEnd',
  caller: Channel | undefined,
  leg: Channel,
  what: readonly [string, string],
  before: readonly (readonly [string, string])[] = [],
): void {
  const from = caller === undefined ? [] : channelHeaders(current(pbx, caller));
  const to = name === 'DialBegin' ? shown(pbx, leg) : current(pbx, leg);
  pbx.emit(name, [...from, ...channelHeaders(to, 'Dest'), ...before, what]);
}

/** Source: `hangup_cause_to_dial_status`, apps/app_dial.c. */
export function dialStatusOfCause(cause: number): string {
  switch (cause) {
    case 17:
      return 'BUSY';
    case 34:
      return 'CONGESTION';
    case 3:
    case 20:
      return 'CHANUNAVAIL';
    default:
      return 'NOANSWER';
  }
}
