import { splitArguments } from '../../dialplan/split-arguments.ts';
import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { dial } from '../dial.ts';
import { applicationDone, finishApplication } from '../dialplan-run.ts';
import { startMusic, stopMusic } from '../music.ts';
import { oneDigitPlace } from '../one-digit-place.ts';
import type { Pbx } from '../pbx.ts';
import { soundMs } from '../sounds.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';

/** What is still to be tried; plain data. */
interface Retrying {
  readonly channel: string;
  readonly dialArguments: string;
  readonly announcement: string;
  readonly pauseMs: number;
  /** Infinity is no JSON: -1 for as long as it takes. */
  readonly left: number;
}

const SLEEPING = 'RetryDial';
const dialled = task<Retrying & { result?: ApplicationResult }>('retryDial.dialled');
const again = task<Retrying>('retryDial.again');
const pause = task<Retrying>('retryDial.pause');
const DEFAULT_PAUSE_MS = 10_000;

/** `RetryDial(announcement,pause,retries,Dial's arguments)`: dials again and again until somebody answers. Source: `retrydial_exec`, apps/app_dial.c. */
const retryDial: Application = (pbx, channel, args) => {
  const [announcement = '', pauseS = '', retries = '', dialArguments] = splitArguments(args, { max: 4 });
  if (dialArguments === undefined) return 'hangup';
  const pauseMs = (Number.parseInt(pauseS, 10) || 0) * 1000;
  const left = Number.parseInt(retries, 10) || -1;
  const retrying = { dialArguments, announcement, pauseMs: pauseMs < 1000 ? DEFAULT_PAUSE_MS : pauseMs, left };
  return tryOnce(pbx, channel, { ...retrying, channel: channel.uniqueid });
};

function tryOnce(pbx: Pbx, channel: Channel, retrying: Retrying): 'wait' {
  stopMusic(pbx, channel);
  channel.applicationData = 'Retrying';
  const then = continuation(dialled, retrying);
  channel.runs.push({ kind: 'sub', gosubDepth: channel.gosub.length, once: true, then });
  const result = dial(pbx, channel, retrying.dialArguments);
  if (result !== 'wait') pbx.after(0.05, applicationDone, { channel: channel.uniqueid, result });
  return 'wait';
}

function over(pbx: Pbx, channel: Channel, result: ApplicationResult): void {
  stopMusic(pbx, channel);
  finishApplication(pbx, channel.uniqueid, result);
}

export const retryDialApplications: Readonly<Record<string, Application>> = { retrydial: retryDial };

/** Between two tries; a key may lead elsewhere. */
export const retryDialActivity: ActivityHandler = {
  name: SLEEPING,
  hungUp: (pbx, channel) => {
    pbx.cancel(activityData<{ timer: number }>(channel, SLEEPING)?.timer);
    over(pbx, channel, 'hangup');
  },
  digit: (pbx, channel, digit) => {
    const data = activityData<{ timer: number }>(channel, SLEEPING);
    const place = oneDigitPlace(pbx, channel, digit, 'EXITCONTEXT');
    if (data === undefined || place === undefined) return;
    pbx.cancel(data.timer);
    Object.assign(channel, { ...place, priority: 1 });
    over(pbx, channel, 'jump');
  },
};

export const retryDialTasks: readonly TaskHandler[] = [
  handle(dialled, (pbx, { result, ...retrying }) => {
    const channel = pbx.channel(retrying.channel);
    if (channel === undefined) return;
    if (result !== 'next') return over(pbx, channel, result ?? 'hangup');
    const left = retrying.left < 0 ? -1 : retrying.left - 1;
    const announceMs = retrying.announcement === '' ? 0 : soundMs(retrying.announcement);
    const timer = pbx.after(announceMs, pause, { ...retrying, left });
    beginActivity(channel, SLEEPING, { timer });
  }),
  handle(pause, (pbx, retrying) => {
    const channel = pbx.channel(retrying.channel);
    if (channel === undefined || activityData(channel, SLEEPING) === undefined) return;
    startMusic(pbx, channel, '');
    beginActivity(channel, SLEEPING, { timer: pbx.after(retrying.pauseMs, again, retrying) });
  }),
  handle(again, (pbx, retrying) => {
    const channel = pbx.channel(retrying.channel);
    if (channel === undefined || activityData(channel, SLEEPING) === undefined) return;
    channel.activity = undefined;
    if (retrying.left === 0) over(pbx, channel, 'next');
    else tryOnce(pbx, channel, retrying);
  }),
];
