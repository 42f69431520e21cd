import { type ActivityHandler, activityData, beginActivity } from './activity.ts';
import { hangupSoon } from './hangup.ts';
import { LATENCY } from './latency.ts';
import type { Pbx } from './pbx.ts';
import type { Channel, Continuation, PartyId } from './state.ts';

/** What comes back from a channel that is being called. */
export type LegControl =
  | { readonly kind: 'ringing' }
  | { readonly kind: 'progress' }
  /** `pickedUp`: somebody else took the call. */
  | { readonly kind: 'answer'; readonly pickedUp?: boolean }
  /** Ended before an answer; the channel's hangupCause says why. */
  | { readonly kind: 'hangup' }
  /** It is somebody else than it was, or than was known. */
  | { readonly kind: 'connected'; readonly party: PartyId }
  | { readonly kind: 'forward'; readonly to: string };

/** What the one who called a leg is told: its own data, and what came. */
export interface LegReport {
  readonly leg: string;
  readonly control: LegControl;
}

interface LegData {
  readonly report: Continuation;
}

const LEG = 'outgoingLeg';

/** A channel is being called for somebody: each answer of the far end goes to `report`, with a {@link LegReport} in its data. */
export function watchLeg(leg: Channel, report: Continuation): void {
  beginActivity(leg, LEG, { report } satisfies LegData);
}

/** As {@link watchLeg}, for a channel that sits in a bridge while it is called. */
export function watchInBridge(leg: Channel, report: Continuation): void {
  leg.extra[LEG] = { report } satisfies LegData;
}

/** Nobody waits for the far end of a channel in a bridge any more. */
export function forgetWatch(leg: Channel): void {
  delete leg.extra[LEG];
}

/** Whether somebody waits for the far end, in a bridge or outside. */
export function isWatched(channel: Channel): boolean {
  return isLeg(channel) || channel.extra[LEG] !== undefined;
}

export function isLeg(channel: Channel): boolean {
  return activityData<LegData>(channel, LEG) !== undefined;
}

/** The one who called the leg lets go of it: it ends, unless somebody has put it into a bridge meanwhile. Source: `ast_channel_yank`, main/channel.c. */
export function releaseLeg(pbx: Pbx, leg: Channel, delayMs?: number): void {
  if (leg.bridge === '') hangupSoon(pbx, leg, delayMs);
}

/** The leg could not be called: it ends at once, and nobody was told that it was dialled. */
export function dropLeg(pbx: Pbx, leg: Channel): void {
  leg.activity = undefined;
  hangupSoon(pbx, leg, 0);
}

/**
 * Tells the one who called this leg; nothing where nobody waits any more. Of one that was called in a bridge only the bridge hears:
 * an application that has taken it over does not. Source: `bridge_handle_trip`, main/bridge_channel.c.
 */
export function reportLeg(pbx: Pbx, leg: Channel, control: LegControl): void {
  const inBridge = leg.bridge === '' ? undefined : (leg.extra[LEG] as LegData | undefined);
  const data = activityData<LegData>(leg, LEG) ?? inBridge;
  if (data === undefined) return;
  const report: LegReport = { leg: leg.uniqueid, control };
  pbx.continueAfter(LATENCY.wake, { task: data.report.task, data: { ...(data.report.data as object), ...report } });
}

export const legActivity: ActivityHandler = {
  name: LEG,
  hungUp: (pbx, leg) => reportLeg(pbx, leg, { kind: 'hangup' }),
};
