import { type ActivityHandler, activityData, beginActivity } from './activity.ts';
import type { ApplicationResult } from './application.ts';
import { setConnected } from './channel.ts';
import { startAnswered } from './dial-answered.ts';
import { readDialArguments } from './dial-arguments.ts';
import { beginKeyAtLegs, endKeyAtLegs, holdLegs, keysTowards } from './dial-caller-acts.ts';
import { DIAL, type DialData, dialOf, legsOf } from './dial-data.ts';
import { dialStatusOfCause, tellDial } from './dial-events.ts';
import { forwardLeg } from './dial-forward.ts';
import { causeOfGivenUp, causeOfLosers, hangUpLegs, requestLegs } from './dial-legs.ts';
import { countFailure, newOutcome, statusOf } from './dial-outcome.ts';
import { applicationDone } from './dialplan-run.ts';
import { startGosub } from './gosub.ts';
import { LATENCY, RACES } from './latency.ts';
import { forwardsLeft } from './max-forwards.ts';
import { startMusic, stopMusic } from './music.ts';
import { oneDigitPlace } from './one-digit-place.ts';
import { dropLeg, type LegReport, releaseLeg, watchLeg } from './outgoing-leg.ts';
import type { Pbx } from './pbx.ts';
import type { Channel, PartyId } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { answerChannel, callChannel, indicateRingingTo } from './technology.ts';
import { setVariable } from './variables.ts';
import { wakeUp } from './wake.ts';

const beginCalls = task<{ caller: string }>('dial.begin');
const prepared = task<{ caller: string; leg: string }>('dial.prepared');
const callLegs = task<{ caller: string }>('dial.call');
const legSays = task<{ caller: string } & LegReport>('dial.legSays');
const timedOut = task<{ caller: string }>('dial.timedOut');

/** Variables that Dial clears before it begins, in its order. Source: `dial_exec_full`, apps/app_dial.c. */
const CLEARED = ['DIALSTATUS', 'DIALEDPEERNUMBER', 'DIALEDPEERNAME', 'ANSWEREDTIME', 'ANSWEREDTIME_MS', 'DIALEDTIME', 'DIALEDTIME_MS',
  'RINGTIME', 'RINGTIME_MS', 'PROGRESSTIME', 'PROGRESSTIME_MS']; // biome-ignore format: a table

const USER_BUSY = 17;

/** `Dial(PJSIP/1002&PJSIP/1003,20,tT)`: calls all at once, and joins the first that answers. */
export function dial(pbx: Pbx, caller: Channel, args: string): ApplicationResult {
  if (forwardsLeft(caller) <= 0) {
    setVariable(pbx, caller, 'DIALSTATUS', 'BUSY');
    return 'hangup';
  }
  for (const name of CLEARED) setVariable(pbx, caller, name, '');
  const data: DialData = {
    args: readDialArguments(args), startedMs: pbx.now, legs: [], ringing: false, timeout: 0, outcome: newOutcome(),
    preparing: [], keys: '', called: false,
  }; // biome-ignore format: one record
  beginActivity(caller, DIAL, data);
  const before = data.args.options['B'];
  if (before === undefined) pbx.after(LATENCY.request, beginCalls, { caller: caller.uniqueid });
  else startGosub(pbx, caller, before, continuation(beginCalls, { caller: caller.uniqueid }));
  return 'wait';
}

function call(pbx: Pbx, caller: Channel, data: DialData): void {
  for (const [place, called] of [...data.legs].entries()) {
    const { channel, dialString } = called;
    const leg = pbx.channel(channel);
    if (leg === undefined) continue;
    watchLeg(leg, continuation(legSays, { caller: caller.uniqueid } as { caller: string } & LegReport));
    if (!callChannel(pbx, leg, place)) {
      data.legs = data.legs.filter((other) => other !== called);
      data.outcome.lines--;
      dropLeg(pbx, leg);
      continue;
    }
    tellDial(pbx, 'DialBegin', caller, leg, ['DialString', dialString]);
  }
  if (data.legs.length === 0) return endDial(pbx, caller, data);
  const only = data.legs.length === 1 ? pbx.channel(data.legs[0]?.channel ?? '') : undefined;
  const { options } = data.args;
  if (only !== undefined && only.tech !== 'Local' && !('I' in options)) setConnected(pbx, caller, only.caller);
  if ('m' in options) startMusic(pbx, caller, options['m'] ?? '');
  else if ('r' in options) indicateRingingTo(pbx, caller);
  if (data.args.timeoutMs > 0) data.timeout = pbx.after(data.args.timeoutMs, timedOut, { caller: caller.uniqueid });
}

function ringing(pbx: Pbx, caller: Channel, data: DialData, leg: Channel): void {
  if (!data.ringing) {
    const ms = Math.round(pbx.now - data.startedMs);
    if (!('m' in data.args.options || 'r' in data.args.options)) indicateRingingTo(pbx, caller);
    setVariable(pbx, caller, 'RINGTIME', String(Math.floor(ms / 1000)));
    setVariable(pbx, caller, 'RINGTIME_MS', String(ms));
    data.ringing = true;
  }
  tellDial(pbx, 'DialState', caller, leg, ['DialStatus', 'RINGING']);
}

/** Source: `wait_for_answer`: only of a single leg is the caller told at once. */
function connected(pbx: Pbx, caller: Channel, data: DialData, party: PartyId): void {
  if (data.legs.length === 1 && !('I' in data.args.options)) setConnected(pbx, caller, party);
}

/** One of the called wants the call to go elsewhere: it is called there in its place. */
function forwarded(pbx: Pbx, caller: Channel, data: DialData, leg: Channel, to: string): void {
  data.legs = data.legs.filter((other) => other.channel !== leg.uniqueid);
  if ('i' in data.args.options) return preventForward(pbx, caller, data, leg);
  if ('z' in data.args.options) pbx.cancel(data.timeout);
  const report = continuation(legSays, { caller: caller.uniqueid } as { caller: string } & LegReport);
  const next = forwardLeg(pbx, caller, leg, to, report);
  if (next !== undefined) data.legs.push({ channel: next, dialString: '', resource: '' });
  else {
    data.outcome.unavailable++;
    if (data.legs.length === 0) endDial(pbx, caller, data);
  }
}

/** With option `i` nobody is called in a phone's place: it counts as busy. Source: `do_forward`, apps/app_dial.c. */
function preventForward(pbx: Pbx, caller: Channel, data: DialData, leg: Channel): void {
  tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', 'BUSY']);
  countFailure(data.outcome, USER_BUSY);
  leg.dialogOver = true;
  dropLeg(pbx, leg);
  if (data.legs.length === 0) endDial(pbx, caller, data);
}

/** One of the called ended before an answer. */
function failed(pbx: Pbx, caller: Channel, data: DialData, leg: Channel): void {
  tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', dialStatusOfCause(leg.hangupCause)]);
  caller.hangupCause = leg.hangupCause;
  countFailure(data.outcome, leg.hangupCause);
  data.legs = data.legs.filter((other) => other.channel !== leg.uniqueid);
  releaseLeg(pbx, leg, RACES.failedLegHangup(leg.hangupCause));
  if (data.legs.length === 0) endDial(pbx, caller, data);
}

function won(pbx: Pbx, caller: Channel, data: DialData, leg: Channel, pickedUp: boolean): void {
  pbx.cancel(data.timeout);
  const { options } = data.args;
  const { dialString } = data.legs.find((other) => other.channel === leg.uniqueid) ?? { dialString: '' };
  const news = data.legs.length > 1 || caller.connected.num !== leg.caller.num;
  if (news && !('I' in options)) setConnected(pbx, caller, leg.caller);
  if ('a' in options) answerChannel(pbx, caller);
  hangUpLegs(pbx, caller, data, { except: leg.uniqueid, status: 'CANCEL', cause: causeOfLosers(options) });
  data.legs = [];
  if (!pickedUp) {
    caller.hangupCause = 16;
    leg.hangupCause = 16;
  }
  setVariable(pbx, caller, 'DIALSTATUS', 'ANSWER');
  setVariable(pbx, caller, 'DIALEDPEERNAME', leg.name);
  if (dialString !== '') setVariable(pbx, caller, 'DIALEDPEERNUMBER', dialString);
  leg.application = 'AppDial';
  leg.applicationData = '(Outgoing Line)';
  leg.exten = '';
  const { startedMs } = data;
  startAnswered(pbx, { caller: caller.uniqueid, leg: leg.uniqueid, answeredMs: pbx.now, startedMs, options });
}

/** Nobody answered: tells why, and the dialplan goes on. */
function endDial(pbx: Pbx, caller: Channel, data: DialData, status = statusOf(data.outcome)): void {
  pbx.cancel(data.timeout);
  stopMusic(pbx, caller);
  setVariable(pbx, caller, 'DIALSTATUS', status);
  caller.activity = undefined;
  pbx.after(RACES.afterDial(caller.state === 'Up'), applicationDone, {
    channel: caller.uniqueid,
    result: caller.hangupRequested ? 'hangup' : 'next',
  });
}

function giveUp(pbx: Pbx, caller: Channel, data: DialData): void {
  const cause = causeOfGivenUp(data.args.options, caller.hangupCause);
  hangUpLegs(pbx, caller, data, { status: 'CANCEL', cause });
  endDial(pbx, caller, data, 'CANCEL');
}

/** With option `d` a digit of the caller's leads to an extension: true where there is one. */
function leavesBy(pbx: Pbx, caller: Channel, data: DialData, digit: string): boolean {
  if (!('d' in data.args.options)) return false;
  const place = oneDigitPlace(pbx, caller, digit, 'EXITCONTEXT');
  if (place === undefined) return false;
  giveUp(pbx, caller, data);
  Object.assign(caller, { ...place, priority: 0 });
  return true;
}

export const dialActivity: ActivityHandler = {
  name: DIAL,
  hungUp: (pbx, caller) => {
    const data = activityData<DialData>(caller, DIAL);
    if (data === undefined || !data.called) return;
    giveUp(pbx, caller, data);
  },
  held: (pbx, caller, holding, musicClass) => holdLegs(pbx, legsOf(pbx, caller), holding, musicClass),
  digitBegins: (pbx, caller, digit) => beginKeyAtLegs(pbx, legsOf(pbx, caller), digit),
  digit: (pbx, caller, digit, ms) => {
    const data = activityData<DialData>(caller, DIAL);
    if (data === undefined) return;
    if (leavesBy(pbx, caller, data, digit)) return;
    if (givesUp(pbx, data, digit)) giveUp(pbx, caller, data);
    else endKeyAtLegs(pbx, legsOf(pbx, caller), digit, ms);
  },
};

/** With option `H` the caller's disconnect code ends the ringing, and the dialplan goes on. */
function givesUp(pbx: Pbx, data: DialData, digit: string): boolean {
  const code = pbx.config.features.featureMap.disconnect;
  if (code === '' || !('H' in data.args.options)) return false;
  data.keys = keysTowards(code, data.keys, digit);
  return data.keys === code;
}

export const dialTasks: readonly TaskHandler[] = [
  handle(beginCalls, (pbx, { caller: uniqueid }) => {
    const found = dialOf(pbx, uniqueid);
    if (found === undefined) return;
    const { caller, data } = found;
    requestLegs(pbx, caller, data);
    const sub = data.args.options['b'];
    const then = (leg: string) => continuation(prepared, { caller: uniqueid, leg });
    data.preparing = sub === undefined ? [] : data.legs.map(({ channel }) => channel);
    for (const uniqueidOfLeg of [...data.preparing]) {
      const leg = pbx.channel(uniqueidOfLeg);
      if (leg !== undefined && sub !== undefined) startGosub(pbx, leg, sub, then(uniqueidOfLeg));
    }
    if (sub === undefined || data.legs.length === 0)
      pbx.after(data.legs.length === 0 ? 0.1 : LATENCY.call, callLegs, { caller: uniqueid });
  }),
  handle(prepared, (pbx, { caller: uniqueid, leg }) => {
    const found = dialOf(pbx, uniqueid);
    if (found === undefined) return;
    found.data.preparing = found.data.preparing.filter((other) => other !== leg);
    if (found.data.preparing.length === 0) pbx.after(LATENCY.call, callLegs, { caller: uniqueid });
  }),
  handle(callLegs, (pbx, { caller: uniqueid }) => {
    const found = dialOf(pbx, uniqueid);
    if (found === undefined) return;
    const { caller, data } = found;
    data.called = true;
    call(pbx, caller, data);
    if (caller.hangupRequested || caller.redirected) wakeUp(pbx, caller);
  }),
  handle(legSays, (pbx, { caller: uniqueid, leg: legId, control }) => {
    const found = dialOf(pbx, uniqueid);
    const leg = pbx.channel(legId);
    if (found === undefined || leg === undefined || !found.data.legs.some(({ channel }) => channel === legId)) return;
    if (control.kind === 'ringing') ringing(pbx, found.caller, found.data, leg);
    else if (control.kind === 'connected') connected(pbx, found.caller, found.data, control.party);
    else if (control.kind === 'answer') won(pbx, found.caller, found.data, leg, control.pickedUp ?? false);
    else if (control.kind === 'forward') forwarded(pbx, found.caller, found.data, leg, control.to);
    else if (control.kind === 'hangup') failed(pbx, found.caller, found.data, leg);
  }),
  handle(timedOut, (pbx, { caller: uniqueid }) => {
    const found = dialOf(pbx, uniqueid);
    if (found === undefined) return;
    const cause = causeOfGivenUp(found.data.args.options, 0);
    hangUpLegs(pbx, found.caller, found.data, { status: 'NOANSWER', cause });
    endDial(pbx, found.caller, found.data, 'NOANSWER');
  }),
];
