import { matchMore } from '../../dialplan/match.ts';
import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application } from '../application.ts';
import { argumentsOf, finishApplication } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import { goToSpecial } from '../special-extensions.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { timeoutMs } from '../timeouts.ts';

const WAITING = 'waitExten';
const waitIsOver = task<{ channel: string }>('waitExten.over');

interface WaitExtenData {
  digits: string;
  timer: number;
  /** Digits that were there before: with none added it is as though nothing was dialled. */
  readonly given?: number;
}

/** Sends the caller to that extension of its context; false where there is none. */
function goOnAt(pbx: Pbx, channel: Channel, exten: string): boolean {
  if (pbx.find(channel.context, exten, 1, channel.caller.num) === undefined) return false;
  channel.exten = exten;
  channel.priority = 1;
  return true;
}

/** The caller has begun to dial: the number is complete as soon as no more digits can lead anywhere. Source: `collect_digits`, main/pbx.c. */
export function collectExtension(pbx: Pbx, channel: Channel, digit: string): void {
  const data: WaitExtenData = { digits: digit, timer: 0 };
  beginActivity(channel, WAITING, data);
  waitForMore(pbx, channel, data);
}

function waitForMore(pbx: Pbx, channel: Channel, data: WaitExtenData): void {
  const { context, caller } = channel;
  const query = { context, exten: data.digits, callerId: caller.num, nowMs: pbx.now };
  if (!matchMore(pbx.dialplan, query)) return decide(pbx, channel, data);
  data.timer = pbx.after(timeoutMs(channel, 'digit'), waitIsOver, { channel: channel.uniqueid });
}

function digitPressed(pbx: Pbx, channel: Channel, digit: string): void {
  const data = activityData<WaitExtenData>(channel, WAITING);
  if (data === undefined) return;
  pbx.cancel(data.timer);
  data.digits += digit;
  waitForMore(pbx, channel, data);
}

/** The number is complete: there, else at `i` or `e`, else the call ends. Nothing dialled: at the next priority, else at `t` or `e`. Source: `pbx_builtin_waitexten` and `__ast_pbx_run`. */
function decide(pbx: Pbx, channel: Channel, data: WaitExtenData): void {
  pbx.cancel(data.timer);
  const dialled = data.digits.length > (data.given ?? 0);
  if (dialled && goOnAt(pbx, channel, data.digits)) return finishApplication(pbx, channel.uniqueid, 'jump');
  const goesOn =
    !dialled &&
    data.given === undefined &&
    pbx.find(channel.context, channel.exten, channel.priority + 1, channel.caller.num) !== undefined;
  if (goesOn) return finishApplication(pbx, channel.uniqueid, 'next');
  const goes = goToSpecial(pbx, channel, dialled ? 'i' : 't', data.digits);
  finishApplication(pbx, channel.uniqueid, goes ? 'jump' : 'hangup');
}

export const waitExtenApplications: Readonly<Record<string, Application>> = {
  waitexten: (pbx, channel, args) => {
    const seconds = Number(argumentsOf(args)[0] ?? '');
    const ms = seconds > 0 ? seconds * 1000 : timeoutMs(channel, 'response');
    const timer = pbx.after(ms, waitIsOver, { channel: channel.uniqueid });
    beginActivity(channel, WAITING, { digits: '', timer } satisfies WaitExtenData);
    return 'wait';
  },
  /** The number goes on: more digits are awaited behind those that led here. Source: `pbx_builtin_incomplete`, and AST_PBX_INCOMPLETE in `__ast_pbx_run`. */
  incomplete: (pbx, channel, options) => {
    if (channel.state !== 'Up' && !options.includes('n')) answerChannel(pbx, channel);
    const { context, exten, caller } = channel;
    const query = { context, exten, callerId: caller.num, nowMs: pbx.now };
    if (!matchMore(pbx.dialplan, query)) return goToSpecial(pbx, channel, 'i') ? 'jump' : 'hangup';
    const data: WaitExtenData = { digits: exten, timer: 0, given: exten.length };
    beginActivity(channel, WAITING, data);
    waitForMore(pbx, channel, data);
    return 'wait';
  },
};

export const waitExtenActivity: ActivityHandler = {
  name: WAITING,
  hungUp: (pbx, channel) => {
    pbx.cancel(activityData<WaitExtenData>(channel, WAITING)?.timer);
    finishApplication(pbx, channel.uniqueid, 'hangup');
  },
  digit: digitPressed,
};

export const waitExtenTasks: readonly TaskHandler[] = [
  handle(waitIsOver, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const data = activityData<WaitExtenData>(channel, WAITING);
    if (channel !== undefined && data !== undefined) decide(pbx, channel, data);
  }),
];
