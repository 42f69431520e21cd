/** What the lamps must show, from what the phones themselves logged: without a look at AMI. */
import type { PhoneLogLine } from '../fixtures.ts';

export type ExpectedLamp = 'idle' | 'ringing' | 'up' | 'ringing while up' | 'held';

export interface LampCheck {
  readonly atMs: number;
  readonly phone: string;
  readonly lamp: ExpectedLamp;
}

/** One call as one phone saw it; times in ms of the recording. */
interface PhoneCall {
  readonly phone: string;
  readonly direction: 'in' | 'out';
  /** Number of the caller, on calls that came in. */
  readonly from: string;
  readonly startMs: number;
  ringMs: number;
  answerMs: number;
  endMs: number;
  /** When this phone put the other party on hold, and when that ended. */
  readonly holds: { fromMs: number; toMs: number }[];
}

const NEVER = Number.POSITIVE_INFINITY;
/** Asterisk and the phone need some ms to see the same: what lasts shorter is not checked. */
const SETTLE_MS = 60;

/** Checks in the middle and at the end of each time in which no phone logged anything. */
export function lampChecks(log: readonly PhoneLogLine[]): readonly LampCheck[] {
  const lines = log.filter(({ t }) => Number.isFinite(t)).toSorted((one, other) => one.t - other.t);
  const calls = phoneCalls(lines);
  const phones = [...new Set(calls.map((call) => call.phone))];
  return quietTimes(lines).flatMap(([fromMs, toMs]) =>
    [(fromMs + toMs) / 2, toMs - SETTLE_MS / 3].flatMap((atMs) =>
      phones.flatMap((phone) => {
        const lamp = lampOf(phone, calls, atMs);
        return lamp === undefined ? [] : [{ atMs, phone, lamp }];
      }),
    ),
  );
}

function quietTimes(lines: readonly PhoneLogLine[]): readonly (readonly [fromMs: number, toMs: number])[] {
  return lines.flatMap((line, at) => {
    const next = lines[at + 1]?.t ?? line.t + 4 * SETTLE_MS;
    return next - line.t < 2 * SETTLE_MS ? [] : [[line.t, next] as const];
  });
}

/**
 * `undefined` where the phone's own log does not say. A call that goes out has no lamp before the other side rings: Asterisk tells of
 * the caller's device only then. Source: recordings `call-unreachable-endpoint`, `call-25-times`.
 */
function lampOf(phone: string, calls: readonly PhoneCall[], atMs: number): ExpectedLamp | undefined {
  const own = calls.filter((call) => call.phone === phone && call.startMs <= atMs && atMs < call.endMs);
  const talking = own.filter((call) => (call.direction === 'out' ? call.ringMs : call.answerMs) <= atMs);
  const ringing = own.filter((call) => call.direction === 'in' && call.ringMs <= atMs && atMs < call.answerMs);
  if (talking.length + ringing.length < own.length) return undefined;
  if (own.length === 0) return 'idle';
  if (talking.length === 0) return 'ringing';
  const held = talking.filter((call) => isHeld(call, calls, atMs));
  if (ringing.length > 0) return held.length > 0 ? undefined : 'ringing while up';
  if (held.length === 0) return 'up';
  return held.length === talking.length ? 'held' : undefined;
}

function isHeld(call: PhoneCall, calls: readonly PhoneCall[], atMs: number): boolean {
  return calls.some(
    (other) => other.holds.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs) && peerOf(other, calls) === call,
  );
}

/** The other phone's view of the same call: the caller's number is what both logs have in common. */
function peerOf(call: PhoneCall, calls: readonly PhoneCall[]): PhoneCall | undefined {
  const [caller, sign] = call.direction === 'in' ? [call.from, -1] : [call.phone, 1];
  return calls
    .filter((other) => other.direction !== call.direction && other.answerMs < NEVER)
    .filter((other) => (other.direction === 'in' ? other.from : other.phone) === caller)
    .filter((other) => sign * (other.startMs - call.startMs) >= 0)
    .toSorted((one, other) => Math.abs(one.startMs - call.startMs) - Math.abs(other.startMs - call.startMs))[0];
}

function phoneCalls(lines: readonly PhoneLogLine[]): readonly PhoneCall[] {
  const calls: PhoneCall[] = [];
  const current = new Map<string, PhoneCall>();
  for (const line of lines) {
    const key = `${line.phone} ${line['call']}`;
    if (line.ev === 'incoming' || line['state'] === 'CALLING') {
      const call = newCall(line);
      calls.push(call);
      current.set(key, call);
    }
    const call = current.get(key);
    if (call !== undefined) note(call, line);
    noteTransfer(line, calls, call);
  }
  return calls;
}

/**
 * On REFER Asterisk takes back who was on hold, and when the transfer is done the phone's leg is gone, even where the phone still
 * shows it. One to a number that is not there leaves all as it was. Source: recordings `blind-transfer*`, `attended-transfer*`.
 */
function noteTransfer(line: PhoneLogLine, calls: readonly PhoneCall[], call: PhoneCall | undefined): void {
  if (line.ev === 'cmd' && /^xfer/.test(String(line['cmd'])))
    for (const each of calls) if (each.phone === line.phone) endHold(each, line.t);
  if (line.ev === 'xferstatus' && line['final'] === 1 && line['code'] !== 404 && call !== undefined)
    call.endMs = Math.min(call.endMs, line.t);
}

function newCall(line: PhoneLogLine): PhoneCall {
  const from = /sip:([^@;>]+)@/.exec(String(line['from'] ?? ''))?.[1] ?? '';
  const direction = line.ev === 'incoming' ? 'in' : 'out';
  return {
    phone: line.phone,
    direction,
    from,
    startMs: line.t,
    ringMs: NEVER,
    answerMs: NEVER,
    endMs: NEVER,
    holds: [],
  };
}

function note(call: PhoneCall, line: PhoneLogLine): void {
  if (line['state'] === 'EARLY') call.ringMs = Math.min(call.ringMs, line.t);
  if (line['state'] === 'CONNECTING' || line['state'] === 'CONFIRMED') call.answerMs = Math.min(call.answerMs, line.t);
  if (line['state'] === 'DISCONNECTED') {
    call.endMs = Math.min(call.endMs, line.t);
    endHold(call, line.t);
  }
  if (line.ev !== 'media') return;
  if (line['status'] !== 'local_hold') endHold(call, line.t);
  else if (!call.holds.some((hold) => hold.toMs === NEVER)) call.holds.push({ fromMs: line.t, toMs: NEVER });
}

function endHold(call: PhoneCall, atMs: number): void {
  for (const hold of call.holds) hold.toMs = Math.min(hold.toMs, atMs);
}
