import { type ActivityHandler, activityData, beginActivity } from './activity.ts';
import { adoptFromCaller } from './adopt-from-caller.ts';
import type { ApplicationResult } from './application.ts';
import { bridgeCall } from './bridge-call.ts';
import { callFeatures } from './call-features.ts';
import { publish, setConnected } from './channel.ts';
import { type DialArguments, readDialArguments } from './dial-arguments.ts';
import { beginKeyAtLegs, endKeyAtLegs, holdLegs, keysTowards } from './dial-caller-acts.ts';
import { dialStatusOfCause, tellDial } from './dial-events.ts';
import { forwardLeg } from './dial-forward.ts';
import { countFailure, type DialOutcome, newOutcome, statusOf } from './dial-outcome.ts';
import { applicationDone } from './dialplan-run.ts';
import { startGosub } from './gosub.ts';
import { hangupSoon } from './hangup.ts';
import { LATENCY, RACES } from './latency.ts';
import { forwardsLeft, lessForwards } from './max-forwards.ts';
import { startMusic, stopMusic } from './music.ts';
import { dropLeg, type LegReport, releaseLeg, watchLeg } from './outgoing-leg.ts';
import type { Pbx } from './pbx.ts';
import type { Channel, PartyId } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { answerChannel, callChannel, indicateRingingTo, requestChannel } from './technology.ts';
import { inheritVariables, setVariable } from './variables.ts';
import { wakeUp } from './wake.ts';

/** One channel that Dial has called. */
interface DialLeg {
  readonly channel: string;
  /** As events show it: `1002`; '' where a phone has sent the call on. */
  readonly dialString: string;
  readonly resource: string;
}

/** What Dial remembers while it runs; plain data. */
interface DialData {
  readonly args: DialArguments;
  readonly startedMs: number;
  legs: DialLeg[];
  ringing: boolean;
  timeout: number;
  readonly outcome: DialOutcome;
  answeredMs: number;
  /** Destinations whose pre-dial subroutine still runs. */
  preparing: string[];
  /** Keys of the caller that begin its disconnect code. */
  keys: string;
  /** The legs have been called: until then nothing looks at what becomes of the caller. */
  called: boolean;
}

const DIAL = 'Dial';

const beginCalls = task<{ caller: string }>('dial.begin');
const prepared = task<{ caller: string; leg: string }>('dial.prepared');
const callLegs = task<{ caller: string }>('dial.call');
const legSays = task<{ caller: string } & LegReport>('dial.legSays');
const timedOut = task<{ caller: string }>('dial.timedOut');
const answered = task<{ caller: string; leg: string }>('dial.answered');
const talked = task<{ caller: string }>('dial.talked');

/** Variables that Dial clears before it begins, in its order. Source: `dial_exec_full`, apps/app_dial.c. */
const CLEARED = ['DIALSTATUS', 'DIALEDPEERNUMBER', 'DIALEDPEERNAME', 'ANSWEREDTIME', 'ANSWEREDTIME_MS', 'DIALEDTIME', 'DIALEDTIME_MS',
  'RINGTIME', 'RINGTIME_MS', 'PROGRESSTIME', 'PROGRESSTIME_MS']; // biome-ignore format: a table

/** `Dial(PJSIP/1002&PJSIP/1003,20,tT)`: calls all at once, and joins the first that answers. */
export function dial(pbx: Pbx, caller: Channel, args: string): ApplicationResult {
  if (forwardsLeft(caller) <= 0) {
    setVariable(pbx, caller, 'DIALSTATUS', 'BUSY');
    return 'hangup';
  }
  for (const name of CLEARED) setVariable(pbx, caller, name, '');
  const data: DialData = {
    args: readDialArguments(args), startedMs: pbx.now, legs: [], ringing: false, timeout: 0, outcome: newOutcome(), answeredMs: 0,
    preparing: [], keys: '', called: false,
  }; // biome-ignore format: one record
  beginActivity(caller, DIAL, data);
  const before = data.args.options['B'];
  if (before === undefined) pbx.after(LATENCY.request, beginCalls, { caller: caller.uniqueid });
  else startGosub(pbx, caller, before, continuation(beginCalls, { caller: caller.uniqueid }));
  return 'wait';
}

function dialOf(pbx: Pbx, uniqueid: string): { caller: Channel; data: DialData } | undefined {
  const caller = pbx.channel(uniqueid);
  const data = activityData<DialData>(caller, DIAL);
  return caller === undefined || data === undefined ? undefined : { caller, data };
}

/** Makes the channels, each with what its caller hands down. */
function requestLegs(pbx: Pbx, caller: Channel, data: DialData): void {
  const last = data.args.destinations.at(-1);
  for (const destination of data.args.destinations) {
    data.outcome.lines++;
    const result = requestChannel(pbx, destination.tech, destination.resource, caller);
    if ('cause' in result) {
      if (destination === last) caller.hangupCause = result.cause;
      countFailure(data.outcome, result.cause);
      continue;
    }
    const leg = result.channel;
    const number = destination.resource.split('/')[0] ?? '';
    setVariable(pbx, leg, 'DIALEDPEERNUMBER', destination.resource);
    inheritVariables(pbx, caller, leg);
    lessForwards(caller, leg);
    adoptFromCaller(pbx, caller, leg);
    data.legs.push({ channel: leg.uniqueid, dialString: destination.resource, resource: number });
  }
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
  if (only !== undefined && only.tech !== 'Local') setConnected(pbx, caller, only.caller);
  if ('m' in data.args.options) startMusic(pbx, caller, data.args.options['m'] ?? '');
  if (data.args.timeoutMs > 0) data.timeout = pbx.after(data.args.timeoutMs, timedOut, { caller: caller.uniqueid });
}

function ringing(pbx: Pbx, caller: Channel, data: DialData, leg: Channel): void {
  if (!data.ringing) {
    const ms = Math.round(pbx.now - data.startedMs);
    if (!('m' in data.args.options)) indicateRingingTo(pbx, caller);
    setVariable(pbx, caller, 'RINGTIME', String(Math.floor(ms / 1000)));
    setVariable(pbx, caller, 'RINGTIME_MS', String(ms));
    data.ringing = true;
  }
  tellDial(pbx, 'DialState', caller, leg, ['DialStatus', 'RINGING']);
}

/** Source: `wait_for_answer`: only of a single leg is the caller told at once. */
function connected(pbx: Pbx, caller: Channel, data: DialData, party: PartyId): void {
  if (data.legs.length === 1) setConnected(pbx, caller, party);
}

/** One of the called wants the call to go elsewhere: it is called there in its place. */
function forwarded(pbx: Pbx, caller: Channel, data: DialData, leg: Channel, to: string): void {
  const report = continuation(legSays, { caller: caller.uniqueid } as { caller: string } & LegReport);
  const next = forwardLeg(pbx, caller, leg, to, report);
  data.legs = data.legs.filter((other) => other.channel !== leg.uniqueid);
  if (next !== undefined) data.legs.push({ channel: next, dialString: '', resource: '' });
  else {
    data.outcome.unavailable++;
    if (data.legs.length === 0) endDial(pbx, caller, data);
  }
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
  const { dialString } = data.legs.find((other) => other.channel === leg.uniqueid) ?? { dialString: '' };
  if (data.legs.length > 1 || caller.connected.num !== leg.caller.num) setConnected(pbx, caller, leg.caller);
  hangUpLegs(pbx, caller, data, { except: leg.uniqueid, status: 'CANCEL', cause: 26 });
  stopMusic(pbx, caller);
  data.legs = [];
  data.answeredMs = pbx.now;
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
  const then = continuation(answered, { caller: caller.uniqueid, leg: leg.uniqueid });
  const sub = data.args.options['U'];
  if (sub === undefined) pbx.continueNow(then);
  else startGosub(pbx, leg, sub, then);
}

function hangUpLegs(
  pbx: Pbx,
  caller: Channel,
  data: DialData,
  how: { except?: string; status: string; cause: number },
): void {
  for (const { channel } of data.legs) {
    const leg = pbx.channel(channel);
    if (leg === undefined || channel === how.except) continue;
    tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', how.status]);
    if (leg.bridge !== '') continue;
    leg.hangupCause = how.cause;
    leg.activity = undefined;
    hangupSoon(pbx, leg, RACES.givenUpLegHangup(hasOtherCall(pbx, leg)));
  }
}

function hasOtherCall(pbx: Pbx, leg: Channel): boolean {
  return leg.endpoint !== '' && pbx.channels().some((other) => other !== leg && other.endpoint === leg.endpoint);
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
  hangUpLegs(pbx, caller, data, { status: 'CANCEL', cause: caller.hangupCause });
  endDial(pbx, caller, data, 'CANCEL');
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
    if (givesUp(pbx, data, digit)) giveUp(pbx, caller, data);
    else endKeyAtLegs(pbx, legsOf(pbx, caller), digit, ms);
  },
};

function legsOf(pbx: Pbx, caller: Channel): Channel[] {
  const data = activityData<DialData>(caller, DIAL);
  return (data?.legs ?? []).flatMap(({ channel }) => pbx.channel(channel) ?? []);
}

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
    hangUpLegs(pbx, found.caller, found.data, { status: 'NOANSWER', cause: 0 });
    endDial(pbx, found.caller, found.data, 'NOANSWER');
  }),
  handle(answered, (pbx, { caller: uniqueid, leg: legId }) => {
    const found = dialOf(pbx, uniqueid);
    const leg = pbx.channel(legId);
    if (found === undefined || leg === undefined) return;
    tellDial(pbx, 'DialEnd', found.caller, leg, ['DialStatus', 'ANSWER']);
    answerChannel(pbx, found.caller);
    const { answeredMs, startedMs } = found.data;
    found.caller.extra['dial'] = { answeredMs, startedMs, goOn: 'g' in found.data.args.options };
    bridgeCall(pbx, found.caller, leg, {
      features: callFeatures(found.data.args.options),
      then: continuation(talked, { caller: uniqueid }),
    });
  }),
  handle(talked, (pbx, { caller: uniqueid }) => {
    const caller = pbx.channel(uniqueid);
    const times = caller?.extra['dial'] as { answeredMs: number; startedMs: number; goOn: boolean } | undefined;
    if (caller === undefined || times === undefined) return;
    delete caller.extra['dial'];
    const talkMs = Math.round(pbx.now - times.answeredMs);
    const dialMs = Math.round(pbx.now - times.startedMs);
    if (!caller.redirected) {
      setVariable(pbx, caller, 'ANSWEREDTIME', String(Math.floor(talkMs / 1000)));
      setVariable(pbx, caller, 'ANSWEREDTIME_MS', String(talkMs));
      setVariable(pbx, caller, 'DIALEDTIME', String(Math.floor(dialMs / 1000)));
      setVariable(pbx, caller, 'DIALEDTIME_MS', String(dialMs));
    }
    publish(pbx, caller);
    setVariable(pbx, caller, 'DIALSTATUS', 'ANSWER');
    const result: ApplicationResult = times.goOn && !caller.hangupRequested ? 'next' : 'hangup';
    pbx.after(0.05, applicationDone, { channel: uniqueid, result });
  }),
];
