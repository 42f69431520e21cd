import type { Header } from '../../../ami/message.ts';
import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { setChannelState, shown } from '../channel.ts';
import { applicationDone, argumentsOf, finishApplication, goTo } from '../dialplan-run.ts';
import { popFrame, pushFrame, readGosub } from '../gosub.ts';
import { causeNumber } from '../hangup-causes.ts';
import { LATENCY } from '../latency.ts';
import { otherHalf } from '../local-pair.ts';
import { startMusic, stopMusic } from '../music.ts';
import type { Pbx } from '../pbx.ts';
import { channelHeaders } from '../snapshot.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { answerChannel, indicateRingingTo, refuseChannel } from '../technology.ts';
import { setVariable } from '../variables.ts';

/** Applications that set, jump and answer. */
export const basicApplications: Readonly<Record<string, Application>> = {
  noop: () => 'next',
  verbose: () => 'next',
  log: () => 'next',

  set: (pbx, channel, args) => {
    assign(pbx, channel, args);
    return 'next';
  },
  mset: (pbx, channel, args) => {
    for (const pair of argumentsOf(args)) assign(pbx, channel, pair);
    return 'next';
  },

  goto: (pbx, channel, args) => (goTo(pbx, channel, args) ? 'jump' : 'hangup'),
  gotoif: (pbx, channel, args) => {
    const target = choose(args);
    if (target === '') return 'next';
    return goTo(pbx, channel, target) ? 'jump' : 'hangup';
  },
  gosub: (pbx, channel, args) => gosub(pbx, channel, args),
  gosubif: (pbx, channel, args) => {
    const target = choose(args);
    return target === '' ? 'next' : gosub(pbx, channel, target);
  },
  return: (pbx, channel, args) => {
    const current = channel.runs.at(-1);
    const frame = popFrame(pbx, channel, args);
    if (frame === undefined) return 'hangup';
    if (current?.kind === 'sub' && channel.gosub.length <= current.gosubDepth) return 'hangup';
    channel.context = frame.context;
    channel.exten = frame.exten;
    channel.priority = frame.priority;
    return 'jump';
  },
  execif: (pbx, channel, args) => {
    const call = choose(args);
    const [, name = '', inner = ''] = /^\s*(\w+)\((.*)\)\s*$/s.exec(call) ?? [];
    return pbx.machinery.applications.get(name.toLowerCase())?.(pbx, channel, inner) ?? 'next';
  },

  answer: (pbx, channel) => {
    if (channel.state === 'Up') return 'next';
    answerChannel(pbx, channel);
    if (channel.tech !== 'Local') return waitFor(pbx, channel, LATENCY.answer);
    beginActivity(channel, WAITING, { timer: 0 } satisfies WaitingData);
    pbx.after(FRAME_MS, awaitMedia, { channel: channel.uniqueid, untilMs: pbx.now + MEDIA_LIMIT_MS });
    return 'wait';
  },
  ringing: (pbx, channel) => {
    indicateRingingTo(pbx, channel);
    return 'next';
  },
  progress: () => 'next',
  proceeding: () => 'next',
  hangup: (_pbx, channel, args) => {
    if (args !== '') channel.hangupCause = causeNumber(args);
    else if (channel.hangupCause === 0) channel.hangupCause = 16;
    return 'hangup';
  },
  busy: (pbx, channel, args) => refuse(pbx, channel, args, 486, 17),
  congestion: (pbx, channel, args) => refuse(pbx, channel, args, 503, 34),
  wait: (pbx, channel, args) => waitFor(pbx, channel, Math.max(0, Number(args) || 0) * 1000),
  musiconhold: (pbx, channel, args) => {
    const [musicClass = '', seconds = ''] = argumentsOf(args);
    startMusic(pbx, channel, musicClass);
    const limit = Number(seconds);
    if (!(limit > 0)) return waitFor(pbx, channel, Number.POSITIVE_INFINITY);
    const timer = pbx.after(limit * 1000, musicOver, { channel: channel.uniqueid });
    beginActivity(channel, WAITING, { timer } satisfies WaitingData);
    return 'wait';
  },
  startmusiconhold: (pbx, channel, args) => {
    startMusic(pbx, channel, args);
    return 'next';
  },
  stopmusiconhold: (pbx, channel) => {
    stopMusic(pbx, channel);
    return 'next';
  },
  userevent: (pbx, channel, args) => {
    const [name = '', ...rows] = argumentsOf(args);
    pbx.emit('UserEvent', [...channelHeaders(shown(pbx, channel)), ['UserEvent', name], ...rows.map(toHeader)]);
    return 'next';
  },
};

/** Waiting for time to pass, or for ever; a hangup ends it. */
const WAITING = 'waiting';

interface WaitingData {
  readonly timer: number;
}

function waitFor(pbx: Pbx, channel: Channel, ms: number): ApplicationResult {
  const timer = Number.isFinite(ms) ? pbx.after(ms, applicationDone, { channel: channel.uniqueid, result: 'next' }) : 0;
  beginActivity(channel, WAITING, { timer } satisfies WaitingData);
  return 'wait';
}

export const waitingActivity: ActivityHandler = {
  name: WAITING,
  hungUp: (pbx, channel) => {
    pbx.cancel(activityData<WaitingData>(channel, WAITING)?.timer);
    stopMusic(pbx, channel);
    finishApplication(pbx, channel.uniqueid, 'hangup');
  },
};

const musicOver = task<{ channel: string }>('musicOnHold.over');
/** Answer() is done with the first frame of sound from the other side, or after half a second. Source: `__ast_answer`, main/channel.c; recording `permission-denied`. */
const awaitMedia = task<{ channel: string; untilMs: number }>('answer.awaitMedia');
const FRAME_MS = 20;
const MEDIA_LIMIT_MS = 500;

/** What is at the other half of a Local channel makes sound: a phone in a bridge, or an application that plays some. */
function hearsMedia(pbx: Pbx, channel: Channel): boolean {
  const other = otherHalf(pbx, channel);
  if (other === undefined) return false;
  return other.bridge !== '' || other.music !== '' || /^(playback|background|read|say)/i.test(other.application);
}

export const basicTasks: readonly TaskHandler[] = [
  handle(musicOver, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    stopMusic(pbx, channel);
    finishApplication(pbx, uniqueid, 'next');
  }),
  handle(awaitMedia, (pbx, { channel: uniqueid, untilMs }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || activityData<WaitingData>(channel, WAITING) === undefined) return;
    if (pbx.now >= untilMs || hearsMedia(pbx, channel)) finishApplication(pbx, uniqueid, 'next');
    else pbx.after(FRAME_MS, awaitMedia, { channel: uniqueid, untilMs });
  }),
];

function assign(pbx: Pbx, channel: Channel, text: string): void {
  const equals = text.indexOf('=');
  if (equals > 0) setVariable(pbx, channel, text.slice(0, equals).trim(), text.slice(equals + 1));
}

/** The branch of `condition?then:else`. */
function choose(args: string): string {
  const question = args.indexOf('?');
  if (question < 0) return '';
  const condition = args.slice(0, question).trim();
  const branches = args.slice(question + 1);
  const colon = branches.indexOf(':');
  const isTrue = condition !== '' && condition !== '0';
  if (isTrue) return colon < 0 ? branches : branches.slice(0, colon);
  return colon < 0 ? '' : branches.slice(colon + 1);
}

function gosub(pbx: Pbx, channel: Channel, args: string): ApplicationResult {
  const { target, args: values } = readGosub(args);
  const returnTo = { context: channel.context, exten: channel.exten, priority: channel.priority + 1 };
  if (!goTo(pbx, channel, target)) return 'hangup';
  pushFrame(pbx, channel, returnTo, values);
  return 'jump';
}

/** A tone that ends the call. Source: recording `dialplan-busy`: the phone's call is refused, and the dialog's end comes back as a hangup. */
function refuse(pbx: Pbx, channel: Channel, args: string, code: number, cause: number): ApplicationResult {
  channel.hangupCause = cause;
  if (channel.state !== 'Up') {
    setChannelState(pbx, channel, 'Busy');
    refuseChannel(pbx, channel, code);
  }
  const seconds = Number(args);
  beginActivity(channel, WAITING, {
    timer:
      seconds > 0 ? pbx.after(seconds * 1000, applicationDone, { channel: channel.uniqueid, result: 'hangup' }) : 0,
  } satisfies WaitingData);
  return 'wait';
}

function toHeader(row: string): Header {
  const colon = row.indexOf(':');
  return colon < 0 ? ['', row] : [row.slice(0, colon), row.slice(colon + 1).trimStart()];
}
