import { matchMore } from '../../dialplan/match.ts';
import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { argumentsOf, finishApplication } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { timeoutMs } from '../timeouts.ts';
import { setVariable } from '../variables.ts';

const READING = 'readingExtension';
const waitIsOver = task<{ channel: string }>('readExten.waitIsOver');

interface ReadingExtension {
  readonly variable: string;
  readonly context: string;
  digits: string;
  timer: number;
}

/** `ReadExten(variable,prompt,context,options,timeout)`: a number that the context knows. Source: `readexten_exec`, apps/app_readexten.c. */
const readExten: Application = (pbx, channel, args) => {
  const [variable = '', , context = '', options = '', timeout = ''] = argumentsOf(args);
  if (variable === '') return tell(pbx, channel, 'ERROR');
  if (channel.state !== 'Up') {
    if (options.includes('s')) {
      setVariable(pbx, channel, variable, '');
      return tell(pbx, channel, 'SKIP');
    }
    if (!options.includes('n')) answerChannel(pbx, channel);
  }
  const seconds = Number.parseInt(timeout, 10);
  const firstMs = seconds > 0 ? seconds * 1000 : timeoutMs(channel, 'response');
  const timer = pbx.after(firstMs, waitIsOver, { channel: channel.uniqueid });
  const data: ReadingExtension = { variable, context: context || channel.context, digits: '', timer };
  beginActivity(channel, READING, data);
  return 'wait';
};

function tell(pbx: Pbx, channel: Channel, status: string): ApplicationResult {
  setVariable(pbx, channel, 'READEXTENSTATUS', status);
  return 'next';
}

/** The number is complete, or nobody presses a key any more. */
function decide(pbx: Pbx, channel: Channel, data: ReadingExtension): void {
  pbx.cancel(data.timer);
  const { variable, digits } = data;
  const valid = pbx.find(data.context, digits, 1, channel.caller.num) !== undefined;
  const status = digits === '' ? 'TIMEOUT' : valid ? 'OK' : 'INVALID';
  setVariable(pbx, channel, variable, status === 'TIMEOUT' ? 't' : status === 'OK' ? digits : 'i');
  if (status === 'INVALID') setVariable(pbx, channel, 'INVALID_EXTEN', digits);
  finishApplication(pbx, channel.uniqueid, tell(pbx, channel, status));
}

function pressed(pbx: Pbx, channel: Channel, digit: string): void {
  const data = activityData<ReadingExtension>(channel, READING);
  if (data === undefined) return;
  pbx.cancel(data.timer);
  const { context } = data;
  const { num: callerId } = channel.caller;
  const before = data.digits;
  data.digits += digit;
  if (matchMore(pbx.dialplan, { context, exten: data.digits, callerId, nowMs: pbx.now })) {
    data.timer = pbx.after(timeoutMs(channel, 'digit'), waitIsOver, { channel: channel.uniqueid });
    return;
  }
  if (digit === '#' && pbx.find(context, data.digits, 1, callerId) === undefined) data.digits = before;
  decide(pbx, channel, data);
}

export const readExtenApplications: Readonly<Record<string, Application>> = { readexten: readExten };

export const readExtenActivity: ActivityHandler = {
  name: READING,
  hungUp: (pbx, channel) => {
    pbx.cancel(activityData<ReadingExtension>(channel, READING)?.timer);
    tell(pbx, channel, 'HANGUP');
    finishApplication(pbx, channel.uniqueid, 'hangup');
  },
  digit: pressed,
};

export const readExtenTasks: readonly TaskHandler[] = [
  handle(waitIsOver, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const data = activityData<ReadingExtension>(channel, READING);
    if (channel !== undefined && data !== undefined) decide(pbx, channel, data);
  }),
];
