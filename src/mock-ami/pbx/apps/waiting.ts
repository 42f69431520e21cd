import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { ApplicationResult } from '../application.ts';
import { applicationDone, finishApplication } from '../dialplan-run.ts';
import { stopMusic } from '../music.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';
import { setVariable } from '../variables.ts';

/** Waiting for time to pass, or for ever; a hangup ends it. */
export const WAITING = 'waiting';

export interface WaitingData {
  readonly timer: number;
  readonly tells?: WaitTells;
}

/** The variable that says how the wait ended: `OK`, or `HANGUP`. */
export interface WaitTells {
  readonly variable: string;
}

const over = task<{ channel: string; variable: string }>('waiting.over');

/** The application is done after `ms` (never where that is infinite), and ends by `result`. */
export function waitFor(
  pbx: Pbx,
  channel: Channel,
  ms: number,
  result: ApplicationResult = 'next',
  tells?: WaitTells,
): ApplicationResult {
  const { uniqueid } = channel;
  const then =
    tells === undefined
      ? continuation(applicationDone, { channel: uniqueid, result })
      : continuation(over, { channel: uniqueid, ...tells });
  const timer = Number.isFinite(ms) ? pbx.continueAfter(ms, then) : 0;
  beginActivity(channel, WAITING, { timer, ...(tells === undefined ? {} : { tells }) } satisfies WaitingData);
  return 'wait';
}

export const waitingTasks: readonly TaskHandler[] = [
  handle(over, (pbx, { channel: uniqueid, variable }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    setVariable(pbx, channel, variable, 'OK');
    finishApplication(pbx, uniqueid, 'next');
  }),
];

export const waitingActivity: ActivityHandler = {
  name: WAITING,
  hungUp: (pbx, channel) => {
    const data = activityData<WaitingData>(channel, WAITING);
    pbx.cancel(data?.timer);
    if (data?.tells !== undefined) setVariable(pbx, channel, data.tells.variable, 'HANGUP');
    stopMusic(pbx, channel);
    finishApplication(pbx, channel.uniqueid, 'hangup');
  },
};
