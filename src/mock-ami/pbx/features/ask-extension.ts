import { matchMore } from '../../dialplan/match.ts';
import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import { leaveBridge, sitIn } from '../bridge.ts';
import { holdPasses } from '../bridge-hold.ts';
import { releaseSeat, takeSeat } from '../bridge-seat.ts';
import type { Pbx } from '../pbx.ts';
import { soundMs } from '../sounds.ts';
import type { Channel } from '../state.ts';
import { handle, type Task, type TaskHandler, task } from '../task.ts';
import { getVariable } from '../variables.ts';

/** What a transferer was asked for; `exten` is empty where it dialled nothing that exists. */
export interface AskedExtension {
  readonly channel: string;
  readonly context: string;
  readonly exten: string;
}

interface Asking {
  readonly context: string;
  exten: string;
  attempts: number;
  timer: number;
  /** A sound plays that keys do not end: they are lost. */
  deafUntilMs: number;
  /** Name of the task that goes on. */
  readonly then: string;
}

const ASKING = 'askExtension';
const noMoreDigits = task<{ channel: string }>('features.noMoreDigits');
const soundOver = task<{ channel: string }>('features.askedInVain');

/** Asks the party for the number to transfer to: "transfer", then a dial tone. Source: `grab_transfer`, main/bridge_basic.c. */
export function askExtension(pbx: Pbx, channel: Channel, then: Task<AskedExtension>): void {
  const wanted = getVariable(pbx, channel, 'TRANSFER_CONTEXT') ?? '';
  takeSeat(channel);
  beginActivity(channel, ASKING, {
    context: wanted === '' ? channel.context : wanted,
    exten: '',
    attempts: 0,
    timer: pbx.after(soundMs('pbx-transfer') + digitTimeoutMs(pbx), noMoreDigits, { channel: channel.uniqueid }),
    deafUntilMs: 0,
    then: then.name,
  } satisfies Asking);
}

function digitTimeoutMs(pbx: Pbx): number {
  return pbx.config.features.general.transferDigitTimeoutS * 1000;
}

function exists(pbx: Pbx, channel: Channel, { context, exten }: Asking): boolean {
  return exten !== '' && pbx.find(context, exten, 1, channel.caller.num) !== undefined;
}

function hear(pbx: Pbx, channel: Channel, asking: Asking, digit: string): void {
  if (pbx.now < asking.deafUntilMs) return;
  pbx.cancel(asking.timer);
  if (digit === '#') return dialled(pbx, channel, asking);
  asking.exten += digit;
  const { context, exten } = asking;
  const query = { context, exten, callerId: channel.caller.num, nowMs: pbx.now };
  if (!matchMore(pbx.dialplan, query)) return dialled(pbx, channel, asking);
  asking.timer = pbx.after(digitTimeoutMs(pbx), noMoreDigits, { channel: channel.uniqueid });
}

function dialled(pbx: Pbx, channel: Channel, asking: Asking): void {
  if (exists(pbx, channel, asking)) return answer(pbx, channel, asking);
  asking.exten = '';
  asking.attempts++;
  const ms = soundMs('pbx-invalid');
  asking.deafUntilMs = pbx.now + ms;
  const last = asking.attempts >= pbx.config.features.general.transferDialAttempts;
  asking.timer = last
    ? pbx.after(ms, soundOver, { channel: channel.uniqueid })
    : pbx.after(ms + digitTimeoutMs(pbx), noMoreDigits, { channel: channel.uniqueid });
}

function answer(pbx: Pbx, channel: Channel, { context, exten, then }: Asking): void {
  sitIn(channel);
  const asked: AskedExtension = { channel: channel.uniqueid, context, exten };
  pbx.continueNow({ task: then, data: asked });
  releaseSeat(pbx, channel);
}

export const askingActivity: ActivityHandler = {
  name: ASKING,
  hungUp: (pbx, channel) => {
    const asking = activityData<Asking>(channel, ASKING);
    if (asking === undefined) return;
    pbx.cancel(asking.timer);
    answer(pbx, channel, { ...asking, exten: '' });
    leaveBridge(pbx, channel);
  },
  digit: (pbx, channel, digit) => {
    const asking = activityData<Asking>(channel, ASKING);
    if (asking !== undefined) hear(pbx, channel, asking, digit);
  },
  held: holdPasses,
};

export const askExtensionTasks: readonly TaskHandler[] = [
  handle(noMoreDigits, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const asking = activityData<Asking>(channel, ASKING);
    if (channel !== undefined && asking !== undefined) dialled(pbx, channel, asking);
  }),
  handle(soundOver, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const asking = activityData<Asking>(channel, ASKING);
    if (channel !== undefined && asking !== undefined) answer(pbx, channel, asking);
  }),
];
