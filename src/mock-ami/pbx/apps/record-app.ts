import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { argumentsOf, finishApplication } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import { soundMs } from '../sounds.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { setVariable } from '../variables.ts';

const RECORDING = 'recording';
const beeped = task<{ channel: string }>('record.beeped');
const over = task<{ channel: string; status: string }>('record.over');

interface RecordingData {
  readonly silenceS: number;
  readonly maxS: number;
  /** Keys that end it. */
  readonly endsBy: string;
  timer: number;
  beeping: boolean;
}

const ANY_KEY = '0123456789*#ABCD';

/** `Record(file.format,silence,maxduration,options)`; nothing is written. Source: `record_exec`, apps/app_record.c. */
const record: Application = (pbx, channel, args) => {
  const [file = '', silence = '', max = '', options = ''] = argumentsOf(args);
  const format = Math.max(file.lastIndexOf('.'), file.lastIndexOf(':'));
  if (format < 1) {
    setVariable(pbx, channel, 'RECORD_STATUS', 'ERROR');
    return 'hangup';
  }
  setVariable(pbx, channel, 'RECORDED_FILE', file.slice(0, format).replaceAll('%d', '0'));
  if (channel.state !== 'Up') {
    if (options.includes('s')) {
      setVariable(pbx, channel, 'RECORD_STATUS', 'SKIP');
      return 'next';
    }
    if (!options.includes('n')) answerChannel(pbx, channel);
  }
  const endsBy = options.includes('y') ? ANY_KEY : options.includes('x') ? '' : options.includes('t') ? '*' : '#';
  const data: RecordingData = {
    silenceS: Number(silence) || 0,
    maxS: Number(max) || 0,
    endsBy,
    timer: 0,
    beeping: true,
  };
  beginActivity(channel, RECORDING, data);
  data.timer = pbx.after(options.includes('q') ? 0 : soundMs('beep'), beeped, { channel: channel.uniqueid });
  return 'wait';
};

/** Until a key, silence or the limit ends it. */
function listen(pbx: Pbx, channel: Channel, data: RecordingData): void {
  data.beeping = false;
  const speaks = pbx.state.phones[channel.endpoint]?.speaking ?? false;
  const limits = [
    { seconds: data.maxS, status: 'TIMEOUT' },
    { seconds: speaks ? 0 : data.silenceS, status: 'SILENCE' },
  ].filter(({ seconds }) => seconds > 0);
  const [first] = limits.sort((one, other) => one.seconds - other.seconds);
  data.timer =
    first === undefined
      ? 0
      : pbx.after(first.seconds * 1000, over, { channel: channel.uniqueid, status: first.status });
}

function finish(pbx: Pbx, channel: Channel, status: string, result: ApplicationResult): void {
  pbx.cancel(activityData<RecordingData>(channel, RECORDING)?.timer);
  setVariable(pbx, channel, 'RECORD_STATUS', status);
  finishApplication(pbx, channel.uniqueid, result);
}

export const recordApplications: Readonly<Record<string, Application>> = { record };

export const recordingActivity: ActivityHandler = {
  name: RECORDING,
  hungUp: (pbx, channel) => finish(pbx, channel, 'HANGUP', 'hangup'),
  digit: (pbx, channel, digit) => {
    const data = activityData<RecordingData>(channel, RECORDING);
    if (data === undefined || data.beeping || !data.endsBy.includes(digit)) return;
    finish(pbx, channel, 'DTMF', 'next');
  },
};

export const recordTasks: readonly TaskHandler[] = [
  handle(beeped, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const data = activityData<RecordingData>(channel, RECORDING);
    if (channel !== undefined && data !== undefined) listen(pbx, channel, data);
  }),
  handle(over, (pbx, { channel: uniqueid, status }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined && activityData(channel, RECORDING) !== undefined) finish(pbx, channel, status, 'next');
  }),
];
