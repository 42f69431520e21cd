import { type ActivityHandler, beginActivity } from '../activity.ts';
import { leaveBridge, peerOf, sitIn } from '../bridge.ts';
import { releaseSeat, takeSeat } from '../bridge-seat.ts';
import { execute } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';
import { holdOthers, resumeOthers } from './hold-by-feature.ts';

/** Where the channel's own dialplan stands meanwhile. */
type Place = Pick<Channel, 'context' | 'exten' | 'priority' | 'application' | 'applicationData'>;

const applicationEnded = task<{ channel: string; held: boolean; place: Place }>('features.applicationEnded');

const STARTING = 'featureApplication';

/** Until the application has an activity of its own. */
export const startingApplicationActivity: ActivityHandler = { name: STARTING, hungUp: leaveBridge };

/** Runs an application of features.conf on the channel or on whom it talks to; the other one may hear music. Source: `ast_bridge_channel_run_app`. */
export function runFeatureApplication(pbx: Pbx, presser: Channel, name: string): void {
  const feature = pbx.config.features.applicationMap.get(name);
  const channel = feature?.activateOn === 'peer' ? peerOf(pbx, presser) : presser;
  if (feature === undefined || channel === undefined) return;
  const held = feature.musicClass !== '';
  const { context, exten, priority, application, applicationData } = channel;
  const place: Place = { context, exten, priority, application, applicationData };
  const then = continuation(applicationEnded, { channel: channel.uniqueid, held, place });
  takeSeat(channel);
  if (held) holdOthers(pbx, channel);
  beginActivity(channel, STARTING, {});
  const run = { kind: 'sub', gosubDepth: channel.gosub.length, once: true, then } as const;
  channel.runs.push(run);
  if (execute(pbx, channel, feature.app, feature.args) === 'wait') return;
  channel.runs = channel.runs.filter((other) => other !== run);
  pbx.continueNow(then);
}

export const featureApplicationTasks: readonly TaskHandler[] = [
  handle(applicationEnded, (pbx, { channel: uniqueid, held, place }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    Object.assign(channel, place);
    sitIn(channel);
    if (held) resumeOthers(pbx, channel);
    releaseSeat(pbx, channel);
    if (channel.hangupRequested || channel.redirected) leaveBridge(pbx, channel);
  }),
];
