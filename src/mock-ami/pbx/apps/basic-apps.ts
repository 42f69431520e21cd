import type { Header } from '../../../ami/message.ts';
import { splitAssignment } from '../../dialplan/split-assignment.ts';
import { activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { setChannelState, shown } from '../channel.ts';
import { applicationDone, argumentsOf, finishApplication } from '../dialplan-run.ts';
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
import { WAITING, type WaitingData, waitFor } from './waiting.ts';

/** Applications that set, answer, wait and end. */
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
  const [name, value] = splitAssignment(text) ?? [];
  if (name !== undefined) setVariable(pbx, channel, name.trim(), value ?? '');
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
