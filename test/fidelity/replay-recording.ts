/** Does again, in the simulation, what the people of a recording did, told from its events: for one that is no scenario. */
import { ManualClock } from '../../src/ami/manual-clock.ts';
import { nodeRuntime } from '../../src/ami/runtime.node.ts';
import { SeededRandom } from '../../src/ami/seeded-random.ts';
import { sipDigits } from '../../src/mock-ami/pbx/dtmf.ts';
import type { PbxEvent } from '../../src/mock-ami/pbx/event.ts';
import { sipHold, sipRefer, sipReplace, sipRinging } from '../../src/mock-ami/pbx/pjsip-channel.ts';
import { pickUp, putDown, refuse } from '../../src/mock-ami/phones/phone.ts';
import type { PhoneCall, PhoneState } from '../../src/mock-ami/phones/phone-state.ts';
import { createStage, type SimulatedStage } from '../../src/mock-ami/simulated-stage.ts';
import type { Trace, TraceLine } from '../../src/scenarios/trace.ts';
import { Client, logIn } from '../composition/office.ts';
import { labConfig, type RecordedTrace } from '../fixtures.ts';

/** Of an event: its headers by name. */
type Headers = Readonly<Record<string, string>>;

interface RecordedEvent {
  readonly t: number;
  readonly line: TraceLine;
  readonly headers: Headers;
}

/** Something a person does; false: it cannot be done yet. */
interface Act {
  readonly t: number;
  readonly what: string;
  readonly run: () => boolean;
}

/** How long before its first event a person acts, in ms: as long as the simulation takes. */
const AHEAD = {
  dial: 2,
  ring: 0.85,
  answer: 0.4,
  hangUp: 0.9,
  reject: 0.4,
  hold: 1,
  refer: 1.3,
  replace: 1.1,
  press: 0.4,
};
/** The recorded machine stood still now and then, so that what takes time came at once. */
const PATIENCE_MS = 60;
/** What a transfer resumes by itself comes so long before it. */
const RESUMED_MS = 8;
const END_MS = 20_000;

/** The recorded events and the simulation's, as traces. */
export interface Replayed {
  readonly golden: Trace;
  readonly candidate: Trace;
  /** What nobody could do. */
  readonly undone: readonly string[];
  readonly stage: SimulatedStage;
}

export function replayRecording(recording: RecordedTrace): Replayed {
  const events = eventsOf(recording);
  const replay = new Replay(recording);
  replay.plan(events);
  replay.planActions();
  const undone = replay.run();
  const header = { scenario: recording.name, description: '' };
  return {
    golden: { header, lines: events.map(({ line }) => line) },
    candidate: { header, lines: replay.lines },
    undone,
    stage: replay.stage,
  };
}

/** Live events, without the session's own beginning. */
function eventsOf({ lines }: RecordedTrace): RecordedEvent[] {
  return lines.flatMap((line) => {
    if (line.dir !== 'in' || line.raw?.startsWith('Event:') !== true) return [];
    const headers = headersOf(line.raw);
    if (headers['ActionID'] !== undefined || headers['Event'] === 'FullyBooted') return [];
    return [{ t: line.t, line, headers }];
  });
}

function headersOf(raw: string): Headers {
  const rows = raw.split('\r\n').filter((row) => row.includes(': '));
  return Object.fromEntries(rows.map((row) => [row.slice(0, row.indexOf(': ')), row.slice(row.indexOf(': ') + 2)]));
}

/** `1001` of `PJSIP/1001-0000002c`. */
function endpointOf(channel = ''): string | undefined {
  return /^PJSIP\/([^-]+)-/.exec(channel)?.[1];
}

class Replay {
  readonly stage: SimulatedStage;
  readonly lines: TraceLine[] = [];
  readonly #recording: RecordedTrace;
  readonly #clock: ManualClock;
  readonly #admin: Client;
  readonly #startMs: number;
  readonly #acts: Act[] = [];
  /** Recorded channels as `1001 3`: the third one of that phone. */
  readonly #keys = new Map<string, string>();
  readonly #recorded = new Map<string, number>();
  readonly #made = new Map<string, number>();
  /** Uniqueids of the simulation by such keys. */
  readonly #uniqueids = new Map<string, string>();

  constructor(recording: RecordedTrace) {
    this.#recording = recording;
    this.#clock = new ManualClock(Math.floor(recording.header.startEpochMs ?? 0));
    const runtime = { ...nodeRuntime({ clock: this.#clock }), random: new SeededRandom(1) };
    const registered = Object.keys(recording.header.phones ?? {}).filter((name) => /^\d/.test(name));
    this.stage = createStage({ runtime, files: labConfig(), seed: 1, registered });
    this.#startMs = this.#clock.now();
    this.stage.simulation.onEvent((event) => this.#hear(event));
    for (const name of registered) this.stage.phone(name).follow({});
    this.#admin = new Client(this.stage, 'admin');
    logIn(this.#admin, this.stage);
  }

  #hear({ name, privilege, headers, atMs }: PbxEvent): void {
    const rows = [['Event', name] as const, ['Privilege', privilege] as const, ...headers];
    const raw = `${rows.map(([header, value]) => (header === '' ? value : `${header}: ${value}`)).join('\r\n')}\r\n\r\n`;
    if (name !== 'FullyBooted') this.lines.push({ t: atMs - this.#startMs, dir: 'in', raw });
    if (name !== 'Newchannel') return;
    const endpoint = endpointOf(headersOf(raw)['Channel']);
    if (endpoint === undefined) return;
    const count = (this.#made.get(endpoint) ?? 0) + 1;
    this.#made.set(endpoint, count);
    this.#uniqueids.set(`${endpoint} ${count}`, headersOf(raw)['Uniqueid'] ?? '');
  }

  /** What people did that made these events. */
  plan(events: readonly RecordedEvent[]): void {
    const called = events
      .filter(({ headers }) => headers['Event'] === 'DialBegin')
      .map(({ headers }) => headers['DestChannel']);
    const transfers = events.filter(({ headers }) => headers['IsExternal'] !== undefined);
    const legs = new Set(called);
    for (const event of events) this.#plan(event, legs, transfers);
  }

  #plan(
    { t, headers }: RecordedEvent,
    called: ReadonlySet<string | undefined>,
    transfers: readonly RecordedEvent[],
  ): void {
    const of = (name: string): string => headers[name] ?? '';
    const channel = of('Channel');
    const endpoint = endpointOf(channel);
    const pbx = this.stage.simulation;
    const desc = of('ChannelStateDesc');
    if (of('Event') === 'BlindTransfer' && of('IsExternal') === 'Yes')
      this.#do(t - AHEAD.refer, of('TransfererChannel'), 'transfers', (key) => {
        const uniqueid = this.#uniqueids.get(key);
        if (uniqueid !== undefined) pbx.after(1, sipRefer, { channel: uniqueid, to: of('Extension') });
        return uniqueid !== undefined;
      });
    if (of('Event') === 'AttendedTransfer')
      this.#do(t - AHEAD.replace, of('OrigTransfererChannel'), 'connects', (key) => {
        const second = this.#uniqueids.get(this.#keys.get(of('SecondTransfererChannel')) ?? '');
        const first = this.#uniqueids.get(key);
        if (first !== undefined && second !== undefined) pbx.after(1, sipReplace, { channel: first, second });
        return first !== undefined && second !== undefined;
      });
    if (endpoint === undefined) return;
    switch (of('Event')) {
      case 'Newchannel':
        return this.#appears(t, endpoint, headers);
      case 'Newstate':
        if (desc === 'Ringing') this.#at(t - AHEAD.ring, channel, 'rings', (call) => this.#rings(call));
        else if (desc === 'Up' && called.has(channel))
          this.#at(t - AHEAD.answer, channel, 'answers', (call) => pickUp(pbx, call));
        return;
      case 'HangupRequest': {
        const code = Number(of('TechCause') || 487);
        if (code !== 487)
          this.#at(t - AHEAD.reject, channel, 'rejects', (call, phone) => refuse(pbx, phone, call, code));
        else this.#at(t - AHEAD.hangUp, channel, 'hangs up', (call, phone) => putDown(pbx, phone, call));
        return;
      }
      case 'Hold':
        return this.#at(t - AHEAD.hold, channel, 'holds', (call) => this.#hold(call, true));
      case 'Unhold':
        if (!transfers.some((other) => isTransferBy(other, channel, t)))
          this.#at(t - AHEAD.hold, channel, 'resumes', (call) => this.#hold(call, false));
        return;
      case 'DTMFBegin':
        if (of('Direction') === 'Received')
          this.#at(t - AHEAD.press, channel, 'presses', (call) => {
            pbx.after(AHEAD.press, sipDigits, { channel: call.channel, digits: of('Digit'), by: 'rfc4733' });
          });
        return;
      default:
    }
  }

  /** What the program at the manager interface did that changes something. */
  planActions(): void {
    for (const { t, dir, raw = '' } of this.#recording.lines) {
      const { Action = '', ActionID: _id, ...headers } = headersOf(raw);
      if (dir !== 'out' || !/^Queue(Add|Remove)$/.test(Action)) continue;
      this.#acts.push({ t, what: Action, run: () => this.#admin.send(Action, Object.entries(headers)) !== '' });
    }
  }

  /** Everybody does what they did, when they did it; what was not possible at all. */
  run(): string[] {
    const undone: string[] = [];
    const waiting: Act[] = this.#acts.toSorted((a, b) => a.t - b.t);
    for (const act of waiting) {
      this.#advanceTo(act.t);
      let left = PATIENCE_MS;
      while (!this.stage.simulation.perform('replay', act.run) && left-- > 0) this.#clock.advance(1);
      if (left < 0) undone.push(`${act.t.toFixed(1)} ms: ${act.what}`);
    }
    this.#clock.advance(END_MS);
    for (const name of this.stage.phoneNames) this.stage.phone(name).hangUpAll();
    this.#clock.advance(END_MS);
    return undone;
  }

  #advanceTo(t: number): void {
    const ms = t - (this.#clock.now() - this.#startMs);
    if (ms > 0) this.#clock.advance(ms);
  }

  #appears(t: number, endpoint: string, { Channel = '', ChannelStateDesc, Exten = '' }: Headers): void {
    const count = (this.#recorded.get(endpoint) ?? 0) + 1;
    this.#recorded.set(endpoint, count);
    this.#keys.set(Channel, `${endpoint} ${count}`);
    if (ChannelStateDesc !== 'Ring') return;
    this.#do(t - AHEAD.dial, Channel, `dials ${Exten}`, () => {
      // In the order in which the phone's channels were made.
      if ((this.#made.get(endpoint) ?? 0) < count - 1) return false;
      this.stage.phone(endpoint).dial(Exten);
      return true;
    });
  }

  #do(t: number, channel: string, verb: string, run: (key: string) => boolean): void {
    const key = this.#keys.get(channel) ?? channel;
    this.#acts.push({ t, what: `${key} ${verb}`, run: () => run(key) });
  }

  #at(t: number, channel: string, verb: string, act: (call: PhoneCall, phone: PhoneState) => void): void {
    this.#do(t, channel, verb, (key) => {
      const phone = this.stage.simulation.state.phones[key.split(' ')[0] ?? ''];
      const call = phone?.calls.find((one) => one.channel !== '' && one.channel === this.#uniqueids.get(key));
      if (phone === undefined || call === undefined) return false;
      act(call, phone);
      return true;
    });
  }

  #rings(call: PhoneCall): void {
    call.state = 'ringing';
    this.stage.simulation.after(0.4, sipRinging, { channel: call.channel });
  }

  #hold(call: PhoneCall, holding: boolean): void {
    call.holding = holding;
    this.stage.simulation.after(AHEAD.hold, sipHold, { channel: call.channel, holding });
  }
}

function isTransferBy({ t, headers }: RecordedEvent, channel: string, at: number): boolean {
  if (t < at - 0.5 || t > at + RESUMED_MS) return false;
  return ['TransfererChannel', 'OrigTransfererChannel', 'SecondTransfererChannel'].some(
    (name) => headers[name] === channel,
  );
}
