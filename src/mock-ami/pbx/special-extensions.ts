import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { setVariable } from './variables.ts';

/** Why a channel was sent to `e`, and where it was; plain data. */
export interface DialplanException {
  readonly reason: string;
  readonly context: string;
  readonly exten: string;
  readonly priority: number;
}

const EXCEPTION = 'exception';

export function exceptionOf(channel: Channel): DialplanException | undefined {
  return channel.extra[EXCEPTION] as DialplanException | undefined;
}

/** Sends the channel to `e`, which EXCEPTION() tells why. Source: `raise_exception`, main/pbx.c. */
export function raiseException(channel: Channel, reason: string): void {
  const { context, exten, priority } = channel;
  channel.extra[EXCEPTION] = { reason, context, exten, priority } satisfies DialplanException;
  setPlace(channel, 'e');
}

const REASONS = { i: 'INVALID', t: 'RESPONSETIMEOUT', T: 'ABSOLUTETIMEOUT' } as const;

/**
 * Nowhere to go on as dialled (`i`, INVALID_EXTEN says what that was), nothing dialled in time (`t`), or the channel's time is over (`T`):
 * it goes there, or to `e`; false where its context has neither. Source: `__ast_pbx_run`, main/pbx.c.
 */
export function goToSpecial(pbx: Pbx, channel: Channel, exten: keyof typeof REASONS, invalid = channel.exten): boolean {
  if (exists(pbx, channel, exten)) {
    if (exten === 'i') setVariable(pbx, channel, 'INVALID_EXTEN', invalid);
    setPlace(channel, exten);
    return true;
  }
  if (!exists(pbx, channel, 'e')) return false;
  raiseException(channel, REASONS[exten]);
  return true;
}

function exists(pbx: Pbx, channel: Channel, exten: string): boolean {
  return pbx.find(channel.context, exten, 1, channel.caller.num) !== undefined;
}

function setPlace(channel: Channel, exten: string): void {
  channel.exten = exten;
  channel.priority = 1;
}
