import { splitArguments } from '../../dialplan/split-arguments.ts';
import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { shown } from '../channel.ts';
import { type DialOptions, readOptions } from '../dial-arguments.ts';
import { argumentsOf, finishApplication } from '../dialplan-run.ts';
import type { EventWatcher } from '../machinery.ts';
import { oneDigitPlace } from '../one-digit-place.ts';
import type { Pbx } from '../pbx.ts';
import { channelHeaders } from '../snapshot.ts';
import { saidDigitsMs, soundMs } from '../sounds.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { getVariable, setVariable } from '../variables.ts';

const SPYING = 'spying';
const look = task<{ channel: string; turn: number }>('chanSpy.look');
const listen = task<{ channel: string; turn: number }>('chanSpy.listen');
const stop = task<{ channel: string; spyee: string }>('chanSpy.stop');

/** Between two looks for somebody to listen to, and until the end of a channel is noticed, in ms. */
const LOOK_MS = 100;
const NOTICED_MS = 10;

interface SpyingData {
  readonly options: DialOptions;
  /** Beginning of channels' names; '' for all. */
  readonly spec: string;
  /** ExtenSpy: who is there in the dialplan. */
  readonly place: { readonly exten: string; readonly context: string } | undefined;
  /** Who was listened to in this round. */
  heard: string[];
  /** Who is listened to; ''. */
  spyee: string;
  /** What is scheduled for an earlier turn is void. */
  turn: number;
}

function begin(pbx: Pbx, channel: Channel, data: SpyingData): ApplicationResult {
  if (channel.state !== 'Up') answerChannel(pbx, channel);
  beginActivity(channel, SPYING, data);
  newRound(pbx, channel, data, true);
  return 'wait';
}

/** Source: `chanspy_exec`, apps/app_chanspy.c. */
const chanSpy: Application = (pbx, channel, args) => {
  const [spec = '', options = ''] = argumentsOf(args);
  const all = spec === 'all' ? '' : spec;
  return begin(pbx, channel, spying(options, all, undefined));
};

const extenSpy: Application = (pbx, channel, args) => {
  const [where = '', options = ''] = argumentsOf(args);
  const [exten = '', context = channel.context] = where.split('@');
  return begin(pbx, channel, spying(options, '', { exten, context }));
};

function spying(options: string, spec: string, place: SpyingData['place']): SpyingData {
  return { options: readOptions(options), spec, place, heard: [], spyee: '', turn: 0 };
}

/** Looks through all channels anew, after a beep where somebody was listened to before. */
function newRound(pbx: Pbx, channel: Channel, data: SpyingData, beeps: boolean): void {
  data.heard = [];
  const beepMs = beeps && !('q' in data.options) ? soundMs('beep') : 0;
  pbx.after(beepMs + LOOK_MS, look, { channel: channel.uniqueid, turn: ++data.turn });
}

function isWanted(pbx: Pbx, spyer: Channel, data: SpyingData, other: Channel): boolean {
  if (other === spyer || other.hangupRequested || other.activity?.name === SPYING) return false;
  if (data.heard.includes(other.uniqueid)) return false;
  if ('b' in data.options && other.bridge === '') return false;
  const { place, spec } = data;
  if (place !== undefined) return other.exten === place.exten && other.context === place.context;
  if ('u' in data.options ? other.uniqueid !== spec && other.name !== spec : !startsWith(other.name, spec))
    return false;
  return inGroup(pbx, data, other) && isEnforced(data, other);
}

function startsWith(name: string, spec: string): boolean {
  return name.toLowerCase().startsWith(spec.toLowerCase());
}

/** `g(one:other)`: only channels whose variable SPYGROUP names one of these. */
function inGroup(pbx: Pbx, { options }: SpyingData, other: Channel): boolean {
  const wanted = options['g'];
  if (wanted === undefined || wanted === '') return true;
  const groups = (getVariable(pbx, other, 'SPYGROUP') ?? '').split(':');
  return wanted.split(':').some((group) => groups.includes(group));
}

/** `e(PJSIP/1002:PJSIP/1003)`: only these devices. */
function isEnforced({ options }: SpyingData, { name }: Channel): boolean {
  const devices = options['e'];
  return (
    devices === undefined || splitArguments(devices, { separator: ':' }).some((device) => name.startsWith(`${device}-`))
  );
}

function next(pbx: Pbx, spyer: Channel, data: SpyingData): void {
  const found = pbx.channels().find((other) => isWanted(pbx, spyer, data, other));
  if (found !== undefined) {
    data.heard.push(found.uniqueid);
    data.spyee = found.uniqueid;
    const number = /^[^/]*\/(\d+)/.exec(found.name)?.[1] ?? '';
    const saysMs = 'q' in data.options ? 0 : soundMs('letters') + saidDigitsMs(number);
    pbx.after(saysMs, listen, { channel: spyer.uniqueid, turn: data.turn });
    return;
  }
  if ('S' in data.options) return finishApplication(pbx, spyer.uniqueid, 'next');
  newRound(pbx, spyer, data, data.heard.length > 0);
}

function stopListening(pbx: Pbx, spyer: Channel, data: SpyingData): void {
  if (data.spyee === '') return;
  data.spyee = '';
  if (spyer.extra[SPYING] !== true) return;
  delete spyer.extra[SPYING];
  pbx.emit('ChanSpyStop', channelHeaders(shown(pbx, spyer), 'Spyer'));
}

function goOn(pbx: Pbx, spyer: Channel, data: SpyingData): void {
  stopListening(pbx, spyer, data);
  pbx.after(0, look, { channel: spyer.uniqueid, turn: ++data.turn });
}

/** `*` goes on to the next one; with `X` a digit leads to an extension. */
function pressed(pbx: Pbx, spyer: Channel, digit: string): void {
  const data = activityData<SpyingData>(spyer, SPYING);
  if (data === undefined) return;
  const place = 'X' in data.options ? oneDigitPlace(pbx, spyer, digit, 'SPY_EXIT_CONTEXT') : undefined;
  if (place !== undefined) {
    const name = pbx.channel(data.spyee)?.name;
    stopListening(pbx, spyer, data);
    if (name !== undefined) setVariable(pbx, spyer, 'SPY_CHANNEL', name);
    Object.assign(spyer, { ...place, priority: 1 });
    return finishApplication(pbx, spyer.uniqueid, 'jump');
  }
  if (digit === '*' && data.spyee !== '') goOn(pbx, spyer, data);
}

function current(pbx: Pbx, uniqueid: string, turn: number): { spyer: Channel; data: SpyingData } | undefined {
  const spyer = pbx.channel(uniqueid);
  const data = activityData<SpyingData>(spyer, SPYING);
  return spyer === undefined || data?.turn !== turn ? undefined : { spyer, data };
}

export const chanSpyApplications: Readonly<Record<string, Application>> = { chanspy: chanSpy, extenspy: extenSpy };

export const chanSpyActivity: ActivityHandler = {
  name: SPYING,
  hungUp: (pbx, spyer) => {
    const data = activityData<SpyingData>(spyer, SPYING);
    if (data !== undefined) stopListening(pbx, spyer, data);
    finishApplication(pbx, spyer.uniqueid, 'hangup');
  },
  digit: pressed,
};

/** Who listened to a channel that ends notices it. */
export const chanSpyWatchers: Readonly<Record<string, EventWatcher>> = {
  Hangup: (pbx, event) => {
    const spyee = event.headers.find(([name]) => name === 'Uniqueid')?.[1] ?? '';
    for (const spyer of pbx.channels())
      if (activityData<SpyingData>(spyer, SPYING)?.spyee === spyee)
        pbx.after(NOTICED_MS, stop, { channel: spyer.uniqueid, spyee });
  },
};

export const chanSpyTasks: readonly TaskHandler[] = [
  handle(look, (pbx, { channel, turn }) => {
    const found = current(pbx, channel, turn);
    if (found !== undefined) next(pbx, found.spyer, found.data);
  }),
  handle(listen, (pbx, { channel, turn }) => {
    const found = current(pbx, channel, turn);
    const spyee = pbx.channel(found?.data.spyee ?? '');
    if (found === undefined) return;
    if (spyee === undefined || spyee.hangupRequested) return goOn(pbx, found.spyer, found.data);
    found.spyer.extra[SPYING] = true;
    pbx.emit('ChanSpyStart', [
      ...channelHeaders(shown(pbx, found.spyer), 'Spyer'),
      ...channelHeaders(shown(pbx, spyee), 'Spyee'),
    ]);
  }),
  handle(stop, (pbx, { channel: uniqueid, spyee }) => {
    const spyer = pbx.channel(uniqueid);
    const data = activityData<SpyingData>(spyer, SPYING);
    if (spyer === undefined || data?.spyee !== spyee) return;
    if (!('E' in data.options)) return goOn(pbx, spyer, data);
    stopListening(pbx, spyer, data);
    finishApplication(pbx, uniqueid, 'hangup');
  }),
];
