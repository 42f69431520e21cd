import { splitArguments } from '../../dialplan/split-arguments.ts';
import { splitAssignment } from '../../dialplan/split-assignment.ts';
import { type ActivityHandler, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { SOFT_HANGUP, softHangup } from '../channel.ts';
import { deviceState } from '../device-state.ts';
import { type DialOptions, readOptions } from '../dial-arguments.ts';
import { argumentsOf, executeInside, finishApplication } from '../dialplan-run.ts';
import { startGosub } from '../gosub.ts';
import { hangupSoon } from '../hangup.ts';
import { callsFor, forgetCall, type OriginateOutcome, type OriginateRequest, originate } from '../originations.ts';
import { isLeg } from '../outgoing-leg.ts';
import type { Pbx } from '../pbx.ts';
import { soundMs } from '../sounds.ts';
import type { Channel, Continuation } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';
import { setVariable } from '../variables.ts';
import { wakeUp } from '../wake.ts';

const ORIGINATING = 'Originate';
const prepared = task<{ channel: string; args: string }>('originateApp.prepared');
const ended = task<{ channel: string; outcome?: OriginateOutcome }>('originateApp.ended');
const pageCalls = task<{ channel: string; args: string }>('page.calls');
const pageJoins = task<{ channel: string; conference: string }>('page.joins');
const pageOver = task<{ channel: string }>('page.over');

const DEFAULT_TIMEOUT_S = 30;
const STATUS = { answered: 'SUCCESS', unanswered: 'RINGING', failed: 'FAILED' } as const;
/** Of a Page without one: it ends with the caller's. */
const NO_TIMEOUT_MS = 86_400_000;

const BLANK = {
  account: '', callerName: '', callerNumber: '', variables: [], earlyMedia: false, codecs: '', channelId: '', otherChannelId: '',
  preDialGosub: '', async: false, actionId: '',
} as const; // biome-ignore format: one record

/**
 * `Originate(PJSIP/1002,exten,context,exten,priority,timeout,options)` or `(..., app, name, data)`: ORIGINATE_STATUS says whether somebody
 * answered. Source: `originate_exec`, apps/app_originate.c.
 */
const originateApp: Application = (pbx, channel, args) => {
  const { B } = readOptions(argumentsOf(args)[6] ?? '');
  return prepare(pbx, channel, B, continuation(prepared, { channel: channel.uniqueid, args }));
};

/** The caller's own subroutine runs first, where there is one. */
function prepare(pbx: Pbx, channel: Channel, sub: string | undefined, then: Continuation): ApplicationResult {
  beginActivity(channel, ORIGINATING, {});
  if (sub === undefined) pbx.continueNow(then);
  else startGosub(pbx, channel, sub, then);
  return 'wait';
}

function requestOf(args: string): OriginateRequest | undefined {
  const [to = '', type = '', one = '', two = '', three = '', timeout = '', letters = ''] = argumentsOf(args);
  const priority = three === '' ? 1 : Number.parseInt(three, 10);
  if (!/^[^/]+\/./.test(to) || one === '' || Number.isNaN(priority)) return undefined;
  const options = readOptions(letters);
  const seconds = timeout === '' ? DEFAULT_TIMEOUT_S : Number.parseInt(timeout, 10) || DEFAULT_TIMEOUT_S;
  const request = {
    ...BLANK,
    channel: to,
    timeoutMs: seconds * 1000,
    callerNumber: options['c'] ?? '',
    callerName: options['n'] ?? '',
    variables: variablesOf(options),
    preDialGosub: (options['b'] ?? '').replaceAll('^', ','),
  };
  if (type.toLowerCase() === 'exten')
    return { ...request, target: { kind: 'exten', context: one, exten: two || 's', priority } };
  if (type.toLowerCase() !== 'app') return undefined;
  return { ...request, target: { kind: 'application', application: one, data: two } };
}

/** `v(one=1^other=2)` */
function variablesOf(options: DialOptions): (readonly [string, string])[] {
  return splitArguments(options['v'] ?? '', { separator: '^' }).flatMap((pair): (readonly [string, string])[] => {
    const assignment = splitAssignment(pair);
    return assignment === undefined ? [] : [assignment];
  });
}

function tell(pbx: Pbx, channel: Channel, status: string, result: ApplicationResult): void {
  setVariable(pbx, channel, 'ORIGINATE_STATUS', status);
  finishApplication(pbx, channel.uniqueid, result);
}

/**
 * `Page(PJSIP/1002&PJSIP/1003,options,timeout)`: whoever answers hears the caller, in a conference that ends with it.
 * Source: `page_exec`, apps/app_page.c.
 */
const page: Application = (pbx, channel, args) => {
  const [devices = '', letters = ''] = argumentsOf(args);
  if (devices === '') return 'hangup';
  const { B } = readOptions(letters);
  return prepare(pbx, channel, B, continuation(pageCalls, { channel: channel.uniqueid, args }));
};

function callAll(pbx: Pbx, channel: Channel, args: string): void {
  const [devices = '', letters = '', timeout = ''] = argumentsOf(args);
  const options = readOptions(letters);
  const own = channel.name.slice(0, channel.name.lastIndexOf('-')).toLowerCase();
  const conference = String(Math.floor(pbx.random() * 0x7fffffff));
  const profile = ['quiet', 'end_marked', ...('d' in options ? [] : ['startmuted'])];
  for (const device of devices.split('&')) {
    if (device.toLowerCase() === own || !/^[^/]+\/./.test(device)) continue;
    if ('s' in options && !['NOT_INUSE', 'UNKNOWN'].includes(deviceState(pbx, device))) continue;
    originate(pbx, {
      ...BLANK,
      channel: device,
      timeoutMs: Number.parseInt(timeout, 10) > 0 ? Number.parseInt(timeout, 10) * 1000 : NO_TIMEOUT_MS,
      variables: profile.map((name) => [`CONFBRIDGE(user,${name})`, 'yes'] as const),
      preDialGosub: (options['b'] ?? '').replaceAll('^', ','),
      target: { kind: 'application', application: 'ConfBridge', data: conference },
      caller: channel.uniqueid,
    });
  }
  pbx.after('q' in options ? 0.1 : soundMs('beep'), pageJoins, { channel: channel.uniqueid, conference });
}

/** Who was called and has not answered is not called any more; who listens is let go. */
function endPage(pbx: Pbx, caller: Channel): void {
  for (const called of callsFor(pbx, caller)) {
    if (called.hangupRequested) continue;
    if (isLeg(called)) {
      forgetCall(pbx, called);
      called.activity = undefined;
      hangupSoon(pbx, called, 0.1);
    } else {
      softHangup(pbx, called, SOFT_HANGUP.explicit);
      wakeUp(pbx, called);
    }
  }
}

export const originateApplications: Readonly<Record<string, Application>> = { originate: originateApp, page };

/** The application is not stopped by the caller's end: it notices that when the call it makes is over. */
export const originatingAppActivity: ActivityHandler = { name: ORIGINATING, hungUp: () => undefined };

export const originateAppTasks: readonly TaskHandler[] = [
  handle(prepared, (pbx, { channel: uniqueid, args }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    const request = requestOf(args);
    if (request === undefined) return tell(pbx, channel, 'FAILED', 'hangup');
    if ('a' in readOptions(argumentsOf(args)[6] ?? '')) {
      originate(pbx, { ...request, then: continuation(ended, { channel: '' }) });
      return tell(pbx, channel, 'SUCCESS', 'next');
    }
    originate(pbx, { ...request, then: continuation(ended, { channel: uniqueid }) });
  }),
  handle(ended, (pbx, { channel: uniqueid, outcome }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    tell(pbx, channel, outcome === undefined ? 'FAILED' : STATUS[outcome], channel.hangupRequested ? 'hangup' : 'next');
  }),
  handle(pageCalls, (pbx, { channel: uniqueid, args }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined) callAll(pbx, channel, args);
  }),
  handle(pageJoins, (pbx, { channel: uniqueid, conference }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    if (channel.hangupRequested) return pbx.continueNow(continuation(pageOver, { channel: uniqueid }));
    for (const name of ['quiet', 'marked']) setVariable(pbx, channel, `CONFBRIDGE(user,${name})`, 'yes');
    const then = continuation(pageOver, { channel: uniqueid });
    channel.runs.push({ kind: 'sub', gosubDepth: channel.gosub.length, once: true, then });
    channel.activity = undefined;
    if (executeInside(pbx, channel, 'ConfBridge', conference) !== 'wait') finishApplication(pbx, uniqueid, 'hangup');
  }),
  handle(pageOver, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    endPage(pbx, channel);
    finishApplication(pbx, uniqueid, 'hangup');
  }),
];
