import { setAbsoluteTimeout } from './absolute-timeout.ts';
import { type ActivityHandler, activityData, beginActivity } from './activity.ts';
import type { ApplicationResult } from './application.ts';
import { bridgeCall } from './bridge-call.ts';
import { callFeatures } from './call-features.ts';
import { publish } from './channel.ts';
import type { DialOptions } from './dial-arguments.ts';
import { tellDial } from './dial-events.ts';
import { peerGoesOn } from './dial-peer-goes-on.ts';
import { applicationDone, goTo, startPbx } from './dialplan-run.ts';
import { endCallAfter, forgetLimit } from './duration-limit.ts';
import { startGosub } from './gosub.ts';
import { hangupSoon } from './hangup.ts';
import { stopMusic } from './music.ts';
import type { Pbx } from './pbx.ts';
import { soundMs } from './sounds.ts';
import type { Channel } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { answerChannel } from './technology.ts';
import { setVariable } from './variables.ts';
import { wakeUp } from './wake.ts';

/** Somebody has answered, and nothing of the two is in a bridge yet; plain data. */
export interface AnsweredCall {
  readonly caller: string;
  readonly leg: string;
  readonly answeredMs: number;
  readonly startedMs: number;
  readonly options: DialOptions;
}

const announced = task<AnsweredCall>('dial.announced');
const subEnded = task<AnsweredCall>('dial.answered');
const digitsSent = task<AnsweredCall>('dial.digitsSent');
const talked = task<{ caller: string }>('dial.talked');

/** The activity of a caller that hears nothing yet of who has answered, and of that one unless something runs on it. */
const ANSWERED = 'dialAnswered';

interface AnsweredData {
  readonly call: AnsweredCall;
  readonly timer: number;
  /** The end of the dialling has been told: the dialplan may go on. */
  readonly told: boolean;
}

/** Each digit that is sent, and the pause behind it; a `w` is half a second. Source: `ast_dtmf_stream`, main/app.c. */
const DIGIT_MS = 350;
const PAUSE_MS = 500;

/** The called one answers: an announcement, a subroutine and digits may come before the two talk. Source: `dial_exec_full`, apps/app_dial.c. */
export function startAnswered(pbx: Pbx, call: AnsweredCall): void {
  const ms = Math.max(0, ...(call.options['A'] ?? '').split(':').map((sound) => (sound === '' ? 0 : soundMs(sound))));
  if (ms > 0) waitTogether(pbx, call, pbx.after(ms, announced, call), false);
  else afterAnnouncement(pbx, call);
}

function waitTogether(pbx: Pbx, call: AnsweredCall, timer: number, told: boolean): void {
  for (const uniqueid of [call.caller, call.leg]) {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) beginActivity(channel, ANSWERED, { call, timer, told } satisfies AnsweredData);
  }
}

function afterAnnouncement(pbx: Pbx, call: AnsweredCall): void {
  const [caller, leg] = [pbx.channel(call.caller), pbx.channel(call.leg)];
  if (caller === undefined || leg === undefined) return;
  const place = call.options['G'];
  if (place !== undefined && place !== '') return separate(pbx, caller, leg, place);
  const sub = call.options['U'];
  const then = continuation(subEnded, call);
  if (sub === undefined) return pbx.continueNow(then);
  beginActivity(caller, ANSWERED, { call, timer: 0, told: false } satisfies AnsweredData);
  startGosub(pbx, leg, sub, then);
}

/** With `G(context^exten^priority)` the two do not talk: the caller goes on there, and the called one at the next priority. */
function separate(pbx: Pbx, caller: Channel, leg: Channel, written: string): void {
  const goes = goTo(pbx, caller, written.replaceAll('^', ','));
  const { context, exten, priority } = caller;
  leg.activity = undefined;
  Object.assign(leg, { context, exten, priority: priority + 1, application: '', applicationData: '' });
  startPbx(pbx, leg);
  tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', 'ANSWER']);
  finish(pbx, caller, goes ? 'jump' : 'next');
}

function finish(pbx: Pbx, caller: Channel, result: ApplicationResult): void {
  caller.activity = undefined;
  pbx.after(0.05, applicationDone, { channel: caller.uniqueid, result: caller.hangupRequested ? 'hangup' : result });
}

const STATUSES = ['BUSY', 'CONGESTION', 'CHANUNAVAIL'];

/** What GOSUB_RESULT of the called channel makes of the call; `undefined`: they talk. */
function verdict(pbx: Pbx, caller: Channel, result: string): { status: string; result: ApplicationResult } | undefined {
  const wish = result.toUpperCase();
  if (STATUSES.includes(wish)) return { status: result, result: 'next' };
  if (wish === 'CONTINUE') return { status: 'ANSWER', result: 'next' };
  if (wish === 'ABORT') return { status: 'ANSWER', result: 'hangup' };
  if (!wish.startsWith('GOTO:')) return undefined;
  const goes = goTo(pbx, caller, result.slice('GOTO:'.length).replaceAll('^', ','));
  return { status: 'ANSWER', result: goes ? 'jump' : 'hangup' };
}

function afterSub(pbx: Pbx, call: AnsweredCall, caller: Channel, leg: Channel): void {
  const said = call.options['U'] === undefined ? undefined : leg.variables['GOSUB_RESULT']?.value;
  const returned = leg.variables['GOSUB_RETVAL']?.value;
  if (said !== undefined && returned !== undefined) setVariable(pbx, caller, 'GOSUB_RETVAL', returned);
  const found = said === undefined ? undefined : verdict(pbx, caller, said);
  if (found === undefined) return connect(pbx, call, caller, leg);
  tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', said ?? '']);
  drop(pbx, leg);
  setVariable(pbx, caller, 'DIALSTATUS', found.status);
  finish(pbx, caller, found.result === 'hangup' && 'g' in call.options ? 'next' : found.result);
}

function drop(pbx: Pbx, leg: Channel): void {
  leg.activity = undefined;
  leg.runs = [];
  hangupSoon(pbx, leg);
}

function connect(pbx: Pbx, call: AnsweredCall, caller: Channel, leg: Channel): void {
  tellDial(pbx, 'DialEnd', caller, leg, ['DialStatus', 'ANSWER']);
  const seconds = Number(call.options['S']);
  if (seconds > 0) setAbsoluteTimeout(pbx, leg, seconds);
  const digits = (call.options['D'] ?? '').split(':').slice(0, 2).join('');
  if (digits === '') return join(pbx, call, caller, leg);
  const ms = [...digits].reduce((sum, digit) => sum + (digit.toLowerCase() === 'w' ? PAUSE_MS : DIGIT_MS), 0);
  waitTogether(pbx, call, pbx.after(ms, digitsSent, call), true);
}

function join(pbx: Pbx, call: AnsweredCall, caller: Channel, leg: Channel): void {
  const { answeredMs, startedMs, options } = call;
  if ('m' in options) stopMusic(pbx, caller);
  answerChannel(pbx, caller);
  caller.extra['dial'] = { answeredMs, startedMs, goOn: 'g' in options };
  const peerThen = peerGoesOn(caller, leg, options);
  bridgeCall(pbx, caller, leg, {
    features: callFeatures(options),
    then: continuation(talked, { caller: caller.uniqueid }),
    ...(peerThen === undefined ? {} : { peerThen }),
  });
  const limitMs = Number.parseInt(options['L'] ?? '', 10);
  if (limitMs > 0) endCallAfter(pbx, caller, limitMs);
  for (const one of [caller, leg]) if (one.hangupRequested) wakeUp(pbx, one);
}

/** Somebody hung up before the two could talk. */
export const answeredActivity: ActivityHandler = {
  name: ANSWERED,
  hungUp: (pbx, channel) => {
    const data = activityData<AnsweredData>(channel, ANSWERED);
    if (data === undefined) return;
    pbx.cancel(data.timer);
    const [caller, leg] = [pbx.channel(data.call.caller), pbx.channel(data.call.leg)];
    if (leg !== undefined) drop(pbx, leg);
    if (caller === undefined) return;
    if (leg !== undefined && !caller.hangupRequested) caller.hangupCause = leg.hangupCause;
    if (data.told) setVariable(pbx, caller, 'DIALSTATUS', 'ANSWER');
    finish(pbx, caller, data.told && 'g' in data.call.options ? 'next' : 'hangup');
  },
};

function withBoth(what: (pbx: Pbx, call: AnsweredCall, caller: Channel, leg: Channel) => void) {
  return (pbx: Pbx, call: AnsweredCall): void => {
    const [caller, leg] = [pbx.channel(call.caller), pbx.channel(call.leg)];
    if (caller !== undefined && leg !== undefined) what(pbx, call, caller, leg);
  };
}

export const dialAnsweredTasks: readonly TaskHandler[] = [
  handle(announced, afterAnnouncement),
  handle(subEnded, withBoth(afterSub)),
  handle(digitsSent, withBoth(join)),
  handle(talked, (pbx, { caller: uniqueid }) => {
    const caller = pbx.channel(uniqueid);
    const times = caller?.extra['dial'] as { answeredMs: number; startedMs: number; goOn: boolean } | undefined;
    if (caller === undefined || times === undefined) return;
    delete caller.extra['dial'];
    forgetLimit(pbx, caller);
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
