import { beginActivity } from './activity.ts';
import { publish, setCaller, setConnected } from './channel.ts';
import { dialStatusOfCause, tellDial } from './dial-events.ts';
import { execute, startPbx } from './dialplan-run.ts';
import { startGosub } from './gosub.ts';
import { hangupSoon } from './hangup.ts';
import { LATENCY } from './latency.ts';
import {
  callFor,
  type OriginateRequest,
  originateCall,
  originationEnded,
  setTimeLimit,
  timeLimit,
} from './originations.ts';
import { dropLeg, isLeg, type LegReport, watchLeg } from './outgoing-leg.ts';
import type { Pbx } from './pbx.ts';
import type { Channel, DialplanRun } from './state.ts';
import { continuation, handle, type TaskHandler, task } from './task.ts';
import { callChannel, requestChannel } from './technology.ts';
import { getVariable, inheritVariables, setVariable } from './variables.ts';

/** What the channel is called for; kept with each step. */
interface Origination {
  readonly id: number;
  readonly request: OriginateRequest;
  readonly channel: string;
}

const dialled = task<Origination>('originate.dial');
const says = task<Origination & LegReport>('originate.says');
const timedOut = task<Origination>('originate.timedOut');
const begin = task<Origination>('originate.begin');

/** Of OriginateResponse: the frame that ended the wait. Source: `ast_control_frame_type`, include/asterisk/frame.h. */
const REASON = { failed: 0, ringing: 3, answered: 4 } as const;
const NO_ANSWER = 19;

/** Gives the new channel what the request says of it, each change told by itself. Source: `pbx_outgoing_attempt`, main/pbx.c. */
function prepare(pbx: Pbx, channel: Channel, request: OriginateRequest): void {
  channel.application = 'AppDial2';
  channel.applicationData = '(Outgoing Line)';
  publish(pbx, channel);
  for (const [name, value] of [...request.variables].reverse()) setVariable(pbx, channel, name, value);
  if (request.account !== '') {
    channel.accountCode = request.account;
    publish(pbx, channel);
  }
  const party = { num: request.callerNumber, name: request.callerName };
  if (party.num === '' && party.name === '') return;
  setCaller(pbx, channel, party);
  setConnected(pbx, channel, party);
}

/** Who is called for another channel knows who that is. Source: `begin_dial_prerun`, main/dial.c. */
function adopt(pbx: Pbx, caller: Channel, channel: Channel): void {
  callFor(channel, caller.uniqueid);
  inheritVariables(pbx, caller, channel);
  channel.connected = { ...caller.caller };
  if (caller.accountCode !== '') channel.accountCode = caller.accountCode;
}

function tellResponse(pbx: Pbx, request: OriginateRequest, channel: Channel | undefined, reason: number): void {
  if (!request.async) return;
  const shown = (value: string): string => (value === '' ? '<unknown>' : value);
  const { target } = request;
  pbx.emit('OriginateResponse', [
    ...(request.actionId === '' ? [] : [['ActionID', request.actionId] as const]),
    ['Response', channel === undefined ? 'Failure' : 'Success'],
    ['Channel', channel?.name ?? request.channel],
    ...(target.kind === 'exten'
      ? ([['Context', target.context], ['Exten', target.exten]] as const)
      : ([['Application', target.application], ['Data', target.data]] as const)),
    ['Reason', String(reason)],
    ['Uniqueid', channel?.uniqueid ?? '<unknown>'],
    ['CallerIDNum', shown(request.callerNumber)],
    ['CallerIDName', shown(request.callerName)],
  ]); // biome-ignore format: a list
}

function fail(pbx: Pbx, { id, request }: Pick<Origination, 'id' | 'request'>, reason: number): void {
  tellResponse(pbx, request, undefined, reason);
  originationEnded(pbx, id, request, reason === REASON.ringing ? 'unanswered' : 'failed');
}

function waitFor(pbx: Pbx, channel: Channel, origination: Origination, dueMs: number): void {
  const timer = pbx.after(Math.max(0, dueMs - pbx.now), timedOut, origination);
  setTimeLimit(channel, { timer, dueMs });
}

/** The phone answered 302: the number it names is called in its place. Source: `handle_call_forward`, main/dial.c. */
function forwarded(pbx: Pbx, origination: Origination, phone: Channel, to: string): void {
  const limit = timeLimit(phone);
  pbx.cancel(limit?.timer);
  const context = getVariable(pbx, phone, 'FORWARD_CONTEXT') || phone.context;
  const dialString = `${to}@${context}`;
  const result = requestChannel(pbx, 'Local', dialString);
  phone.activity = undefined;
  phone.dialogOver = true;
  const end = (): void => {
    tellDial(pbx, 'DialEnd', undefined, phone, ['DialStatus', 'CANCEL'], [['Forward', to]]);
    hangupSoon(pbx, phone, 0.1);
  };
  if ('cause' in result) {
    end();
    return fail(pbx, origination, REASON.failed);
  }
  const { channel } = result;
  const next = { ...origination, channel: channel.uniqueid };
  channel.application = 'AppDial2';
  channel.applicationData = '(Outgoing Line)';
  publish(pbx, channel);
  watchLeg(channel, continuation(says, next as Origination & LegReport));
  if (!callChannel(pbx, channel)) {
    dropLeg(pbx, channel);
    end();
    return fail(pbx, origination, REASON.failed);
  }
  tellDial(pbx, 'DialBegin', undefined, channel, ['DialString', dialString]);
  waitFor(pbx, channel, next, limit?.dueMs ?? pbx.now);
  end();
}

function answered(pbx: Pbx, origination: Origination, channel: Channel): void {
  const { id, request } = origination;
  tellResponse(pbx, request, channel, REASON.answered);
  originationEnded(pbx, id, request, 'answered');
  tellDial(pbx, 'DialEnd', undefined, channel, ['DialStatus', 'ANSWER']);
  const { target } = request;
  if (target.kind === 'exten') {
    channel.activity = undefined;
    channel.application = '';
    channel.context = target.context;
    channel.exten = target.exten;
    channel.priority = target.priority;
    startPbx(pbx, channel);
    return;
  }
  runApplication(pbx, channel, target.application, target.data);
}

/** Runs one application on a channel without a dialplan, and hangs up. Source: `ast_pbx_run_app`, main/pbx.c. */
function runApplication(pbx: Pbx, channel: Channel, application: string, data: string): void {
  const run: DialplanRun = {
    kind: 'sub',
    gosubDepth: channel.gosub.length,
    then: continuation(applicationEnded, { channel: channel.uniqueid }),
    once: true,
  };
  channel.runs = [run];
  channel.activity = undefined;
  if (execute(pbx, channel, application, data) !== 'wait')
    pbx.continueNow(continuation(applicationEnded, { channel: channel.uniqueid }));
}

const applicationEnded = task<{ channel: string }>('originate.applicationEnded');

export const originateTasks: readonly TaskHandler[] = [
  handle(originateCall, (pbx, { id, request }) => {
    const slash = request.channel.indexOf('/');
    const resource = request.channel.slice(slash + 1);
    const ids = { uniqueid: request.channelId, other: request.otherChannelId };
    const caller = pbx.channel(request.caller ?? '');
    const result = requestChannel(pbx, request.channel.slice(0, slash), resource, caller, ids);
    if ('cause' in result) return fail(pbx, { id, request }, REASON.failed);
    const { channel } = result;
    if (caller !== undefined) adopt(pbx, caller, channel);
    const origination = { id, request, channel: channel.uniqueid };
    prepare(pbx, channel, request);
    beginActivity(channel, 'originating', {});
    const next = continuation(begin, origination);
    if (request.preDialGosub === '') pbx.continueAfter(LATENCY.call, next);
    else startGosub(pbx, channel, request.preDialGosub, next);
  }),
  handle(begin, (pbx, origination) => pbx.after(0, dialled, origination)),
  handle(dialled, (pbx, origination) => {
    const channel = pbx.channel(origination.channel);
    if (channel === undefined) return;
    watchLeg(channel, continuation(says, origination as Origination & LegReport));
    if (!callChannel(pbx, channel)) {
      dropLeg(pbx, channel);
      return fail(pbx, origination, REASON.failed);
    }
    const { channel: written } = origination.request;
    tellDial(pbx, 'DialBegin', undefined, channel, ['DialString', written.slice(written.indexOf('/') + 1)]);
    waitFor(pbx, channel, origination, pbx.now + origination.request.timeoutMs);
  }),
  handle(says, (pbx, { control, leg: _leg, ...origination }) => {
    const channel = pbx.channel(origination.channel);
    if (channel === undefined || !isLeg(channel)) return;
    if (control.kind === 'ringing') return tellDial(pbx, 'DialState', undefined, channel, ['DialStatus', 'RINGING']);
    if (control.kind === 'forward') return forwarded(pbx, origination, channel, control.to);
    if (control.kind !== 'answer' && control.kind !== 'hangup') return;
    pbx.cancel(timeLimit(channel)?.timer);
    if (control.kind === 'answer') return answered(pbx, origination, channel);
    tellDial(pbx, 'DialEnd', undefined, channel, ['DialStatus', dialStatusOfCause(channel.hangupCause)]);
    fail(pbx, origination, REASON.failed);
    channel.activity = undefined;
    hangupSoon(pbx, channel);
  }),
  handle(timedOut, (pbx, origination) => {
    const channel = pbx.channel(origination.channel);
    if (channel === undefined) return;
    channel.hangupCause = NO_ANSWER;
    channel.activity = undefined;
    hangupSoon(pbx, channel, 0);
    fail(pbx, origination, REASON.ringing);
  }),
  handle(applicationEnded, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    channel.runs = [];
    hangupSoon(pbx, channel);
  }),
];
