import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { argumentsOf, finishApplication } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import { soundMs } from '../sounds.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { setVariable } from '../variables.ts';

const READING = 'reading';
const waitIsOver = task<{ channel: string }>('read.waitIsOver');

interface ReadingData {
  readonly variable: string;
  readonly prompt: string;
  readonly maxDigits: number;
  readonly timeoutMs: number;
  attemptsLeft: number;
  digits: string;
  timer: number;
}

/** Of `Read()` without a number of digits. */
const MOST_DIGITS = 255;
const DEFAULT_TIMEOUT_S = 10;

/** `Read(VARIABLE,prompt,maxdigits,options,attempts,timeout)`. Source: apps/app_read.c; recording `dtmf-read-app`. */
function read(pbx: Pbx, channel: Channel, args: string): ApplicationResult {
  const [variable = '', prompt = '', most = '', options = '', attempts = '', timeout = ''] = argumentsOf(args);
  setVariable(pbx, channel, 'READSTATUS', 'ERROR');
  if (variable === '') return 'next';
  if (channel.state !== 'Up') {
    if (options.includes('s')) return 'next';
    if (!options.includes('n')) answerChannel(pbx, channel);
  }
  const data: ReadingData = {
    variable,
    prompt,
    maxDigits: Number(most) > 0 ? Math.min(Number(most), MOST_DIGITS) : MOST_DIGITS,
    timeoutMs: (Number(timeout) > 0 ? Number(timeout) : DEFAULT_TIMEOUT_S) * 1000,
    attemptsLeft: Math.max(1, Number(attempts) || 1),
    digits: '',
    timer: 0,
  };
  beginActivity(channel, READING, data);
  attempt(pbx, channel, data);
  return 'wait';
}

/** Plays the prompt, and waits; a digit ends the prompt. */
function attempt(pbx: Pbx, channel: Channel, data: ReadingData): void {
  data.attemptsLeft--;
  data.digits = '';
  const promptMs = data.prompt === '' ? 0 : soundMs(data.prompt);
  data.timer = pbx.after(promptMs + data.timeoutMs, waitIsOver, { channel: channel.uniqueid });
}

function finish(pbx: Pbx, channel: Channel, data: ReadingData, status: string, result: ApplicationResult): void {
  pbx.cancel(data.timer);
  setVariable(pbx, channel, data.variable, data.digits);
  setVariable(pbx, channel, 'READSTATUS', status);
  finishApplication(pbx, channel.uniqueid, result);
}

function digitPressed(pbx: Pbx, channel: Channel, digit: string): void {
  const data = activityData<ReadingData>(channel, READING);
  if (data === undefined) return;
  pbx.cancel(data.timer);
  if (digit !== '#') data.digits += digit;
  if (digit === '#' || data.digits.length >= data.maxDigits) return finish(pbx, channel, data, 'OK', 'next');
  data.timer = pbx.after(data.timeoutMs, waitIsOver, { channel: channel.uniqueid });
}

export const readingActivity: ActivityHandler = {
  name: READING,
  hungUp: (pbx, channel) => {
    const data = activityData<ReadingData>(channel, READING);
    if (data !== undefined) finish(pbx, channel, data, 'HANGUP', 'hangup');
  },
  digit: digitPressed,
};

export const readTasks: readonly TaskHandler[] = [
  handle(waitIsOver, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const data = activityData<ReadingData>(channel, READING);
    if (channel === undefined || data === undefined) return;
    if (data.digits === '' && data.attemptsLeft > 0) attempt(pbx, channel, data);
    else finish(pbx, channel, data, data.digits === '' ? 'TIMEOUT' : 'OK', 'next');
  }),
];

export const readApplications: Readonly<Record<string, Application>> = { read };
