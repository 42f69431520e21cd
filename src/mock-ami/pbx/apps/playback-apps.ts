import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { argumentsOf, finishApplication } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import { soundMs } from '../sounds.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { setVariable } from '../variables.ts';
import { collectExtension } from './wait-exten-app.ts';

const PLAYING = 'playing';
const played = task<{ channel: string }>('playback.played');

interface PlayingData {
  readonly timer: number;
  /** Where the application says how it went. */
  readonly status: 'PLAYBACKSTATUS' | 'BACKGROUNDSTATUS';
}

function play(pbx: Pbx, channel: Channel, args: string, status: PlayingData['status']): ApplicationResult {
  const [files = '', options = ''] = argumentsOf(args);
  const background = status === 'BACKGROUNDSTATUS';
  const skips = options.includes(background ? 's' : 'skip');
  const answers = !(background ? /n/ : /noanswer/).test(options);
  if (channel.state !== 'Up') {
    if (skips) {
      setVariable(pbx, channel, status, 'SUCCESS');
      return 'next';
    }
    if (answers) answerChannel(pbx, channel);
  }
  const timer = pbx.after(soundMs(files), played, { channel: channel.uniqueid });
  beginActivity(channel, PLAYING, { timer, status } satisfies PlayingData);
  return 'wait';
}

/** Source: apps/app_playback.c; `pbx_builtin_background`, main/pbx_builtins.c. */
export const playbackApplications: Readonly<Record<string, Application>> = {
  playback: (pbx, channel, args) => play(pbx, channel, args, 'PLAYBACKSTATUS'),
  background: (pbx, channel, args) => play(pbx, channel, args, 'BACKGROUNDSTATUS'),
};

/** Tells how it went: a sound that was not heard to its end for a hangup or a transfer has failed. */
function end(pbx: Pbx, channel: Channel, data: PlayingData, outcome: 'SUCCESS' | 'FAILED'): void {
  pbx.cancel(data.timer);
  setVariable(pbx, channel, data.status, outcome);
}

export const playingActivity: ActivityHandler = {
  name: PLAYING,
  hungUp: (pbx, channel) => {
    const data = activityData<PlayingData>(channel, PLAYING);
    if (data === undefined) return;
    end(pbx, channel, data, 'FAILED');
    finishApplication(pbx, channel.uniqueid, 'hangup');
  },
  digit: (pbx, channel, digit) => {
    const data = activityData<PlayingData>(channel, PLAYING);
    if (data?.status !== 'BACKGROUNDSTATUS') return;
    end(pbx, channel, data, 'SUCCESS');
    collectExtension(pbx, channel, digit);
  },
};

export const playbackTasks: readonly TaskHandler[] = [
  handle(played, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const data = activityData<PlayingData>(channel, PLAYING);
    if (channel === undefined || data === undefined) return;
    end(pbx, channel, data, 'SUCCESS');
    finishApplication(pbx, uniqueid, 'next');
  }),
];
