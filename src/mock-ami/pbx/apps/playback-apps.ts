import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { argumentsOf, finishApplication } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import { soundMs } from '../sounds.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { setVariable } from '../variables.ts';

const PLAYING = 'playing';
const played = task<{ channel: string }>('playback.played');

interface PlayingData {
  readonly timer: number;
  /** Digits that end it, by Background. */
  readonly interruptible: boolean;
}

function play(pbx: Pbx, channel: Channel, args: string, interruptible: boolean): ApplicationResult {
  const [files = '', options = ''] = argumentsOf(args);
  if (channel.state !== 'Up' && !options.includes('noanswer')) answerChannel(pbx, channel);
  const timer = pbx.after(soundMs(files), played, { channel: channel.uniqueid });
  beginActivity(channel, PLAYING, { timer, interruptible } satisfies PlayingData);
  return 'wait';
}

export const playbackApplications: Readonly<Record<string, Application>> = {
  playback: (pbx, channel, args) => play(pbx, channel, args, false),
  background: (pbx, channel, args) => play(pbx, channel, args, true),
};

function end(pbx: Pbx, channel: Channel, status: string, result: ApplicationResult): void {
  pbx.cancel(activityData<PlayingData>(channel, PLAYING)?.timer);
  setVariable(pbx, channel, 'PLAYBACKSTATUS', status);
  finishApplication(pbx, channel.uniqueid, result);
}

export const playingActivity: ActivityHandler = {
  name: PLAYING,
  hungUp: (pbx, channel) => end(pbx, channel, 'SUCCESS', 'hangup'),
  digit: (pbx, channel, digit) => {
    const data = activityData<PlayingData>(channel, PLAYING);
    if (data?.interruptible !== true || pbx.find(channel.context, digit, 1, channel.caller.num) === undefined) return;
    pbx.cancel(data.timer);
    channel.exten = digit;
    channel.priority = 1;
    finishApplication(pbx, channel.uniqueid, 'jump');
  },
};

export const playbackTasks: readonly TaskHandler[] = [
  handle(played, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) end(pbx, channel, 'SUCCESS', 'next');
  }),
];
