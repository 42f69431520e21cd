import { parseDuration } from './duration.ts';
import { present } from './phrase.ts';
import { ScenarioError } from './scenario-error.ts';
import type { ConfigChanges, Lamp, RejectReason } from './stage.ts';
import type {
  Caller,
  ClientStep,
  Condition,
  FaultStep,
  Millis,
  Order,
  PbxStep,
  PhoneStep,
  RecoverStep,
  Scenario,
  Step,
} from './types.ts';

/** Milliseconds, or a time as in YAML: `'600ms'`, `'3s'`, `'${talk}'`. */
export type Time = number | string;

/** `{ Channel: 'PJSIP/1001', Variable: ['A=1', 'B=2'] }`, in this order. */
export type Headers = Readonly<Record<string, string | readonly string[]>>;

/**
 * A scenario made of steps, the same value as the parser makes of YAML:
 * `scenario('ring', { given: { phones: ['1001', '1002'] } }, [phone('1001').dials('1002'), wait('600ms')])`.
 */
export function scenario(name: string, parts: Omit<Scenario, 'scenario' | 'steps'>, steps: readonly Step[]): Scenario {
  return { scenario: name, ...parts, steps };
}

/** What the person at that phone does. */
export function phone(name: string) {
  const at = { phone: name };
  return {
    dials: (number: string, as?: Caller): PhoneStep => present({ do: 'dial' as const, ...at, number, as }),
    answers: (other?: string): PhoneStep => present({ do: 'answer' as const, ...at, other }),
    rejects: (reason: RejectReason | number, other?: string): PhoneStep =>
      present({ do: 'reject' as const, ...at, reason, other }),
    hangsUp: (other?: string): PhoneStep => present({ do: 'hang-up' as const, ...at, other }),
    hangsUpAll: (): PhoneStep => ({ do: 'hang-up-all', ...at }),
    holds: (other?: string): PhoneStep => present({ do: 'hold' as const, ...at, other }),
    resumes: (other?: string): PhoneStep => present({ do: 'resume' as const, ...at, other }),
    transfers: (other: string, to: string): PhoneStep => ({ do: 'transfer', ...at, other, to }),
    connects: (one: string, two: string): PhoneStep => ({ do: 'connect', ...at, one, two }),
    presses: (digits: string, how: { readonly on?: string; readonly by?: 'info' } = {}): PhoneStep =>
      present({ do: 'press' as const, ...at, digits, other: how.on, by: how.by }),
    speaks: (): PhoneStep => ({ do: 'speak', ...at, on: true }),
    isSilent: (): PhoneStep => ({ do: 'speak', ...at, on: false }),
    registers: (how: { readonly for?: Time; readonly wrongPassword?: true } = {}): PhoneStep =>
      present({
        do: 'register' as const,
        ...at,
        expiresS: how.for === undefined ? undefined : Number(millis(how.for)) / 1000,
        wrongPassword: how.wrongPassword,
      }),
    unregisters: (): PhoneStep => ({ do: 'unregister', ...at }),
    dies: (): PhoneStep => ({ do: 'die', ...at }),
    comesBack: (port?: number): PhoneStep => present({ do: 'come-back' as const, ...at, port }),
    will: standingOrders(name),
  };
}

/** Standing orders for calls to come. */
function standingOrders(name: string) {
  const follow = (order: Order): PhoneStep => ({ do: 'follow', phone: name, order });
  type When = { readonly after?: Time; readonly ringAfter?: Time };
  return {
    answer: ({ after = 0, ringAfter = 0 }: When = {}) =>
      follow({ kind: 'answer', ringAfter: millis(ringAfter), after: millis(after) }),
    /** Without `ringAfter` it does not ring. */
    reject: (reason: RejectReason | number, { after = 0, ringAfter }: When = {}) =>
      follow(
        present({
          kind: 'reject' as const,
          ringAfter: ringAfter === undefined ? undefined : millis(ringAfter),
          reason,
          after: millis(after),
        }),
      ),
    onlyRing: (ringAfter: Time = 0) => follow({ kind: 'ring', ringAfter: millis(ringAfter) }),
    forward: (to: string, after: Time = 0) => follow({ kind: 'forward', to, after: millis(after) }),
    notRespond: () => follow({ kind: 'silent' }),
    doNothingSpecial: () => follow({ kind: 'nothing-special' }),
  };
}

/** What that program at the manager interface does. */
export function client(name: string) {
  const at = { client: name };
  type How = Pick<Extract<ClientStep, { do: 'send' }>, 'as' | 'withoutActionId' | 'withoutWaiting'>;
  return {
    sends: (action: string, headers: Headers = {}, how: How = {}): ClientStep =>
      present({ do: 'send' as const, ...at, action, headers: rows(headers), ...how }),
    sendsRaw: (text: string, how: { readonly latin1?: true; readonly byteEvery?: Time } = {}): ClientStep =>
      present({
        do: 'send-raw' as const,
        ...at,
        text,
        latin1: how.latin1,
        byteEvery: how.byteEvery === undefined ? undefined : millis(how.byteEvery),
      }),
    logsIn: (how: { readonly as?: string; readonly secret?: string; readonly events?: string } = {}): ClientStep =>
      present({ do: 'log-in' as const, ...at, user: how.as ?? name, secret: how.secret, events: how.events }),
    connects: (): ClientStep => ({ do: 'client-connects', ...at }),
    staysAway: (): ClientStep => ({ do: 'stays-away', ...at }),
    logsOff: (): ClientStep => ({ do: 'log-off', ...at }),
    drops: (): ClientStep => ({ do: 'drop', ...at }),
    halfCloses: (): ClientStep => ({ do: 'half-close', ...at }),
    stopsReading: (): ClientStep => ({ do: 'stop-reading', ...at }),
    readsAgain: (): ClientStep => ({ do: 'read-again', ...at }),
  };
}

/** What happens to the PBX as a whole. */
export const pbx = {
  restarts: (how: { readonly gracefully?: true } = {}): PbxStep => ({ do: 'pbx-restarts', ...how }),
  stops: (): PbxStep => ({ do: 'pbx-stops' }),
  isKilled: (): PbxStep => ({ do: 'pbx-is-killed' }),
  starts: (): PbxStep => ({ do: 'pbx-starts' }),
  reloads: (module?: string): PbxStep => present({ do: 'pbx-reloads' as const, module }),
  changes: (file: string, changes: ConfigChanges): PbxStep => ({ do: 'pbx-changes', file, changes }),
  /** Something goes wrong, with values of its parameters as text: `pbx.hasFault('delay-writes', { by: '80ms' })`. */
  hasFault: (fault: string, values: Readonly<Record<string, string>> = {}): FaultStep => ({
    do: 'fault',
    fault,
    values,
  }),
  recovers: (fault?: string): RecoverStep => present({ do: 'recover' as const, fault }),
};

export function wait(time: Time): Step {
  return { do: 'wait', for: millis(time) };
}

export function waitUntil(who: string, is: Condition, within?: Time): Step {
  return present({ do: 'wait-until' as const, who, is, within: optional(within) });
}

export function waitForEvent(
  event: string,
  how: { readonly headers?: Headers; readonly as?: string; readonly within?: Time } = {},
): Step {
  const headers = how.headers === undefined ? undefined : rows(how.headers);
  return present({ do: 'wait-for-event' as const, event, headers, as: how.as, within: optional(how.within) });
}

/** All begin at once; it ends when the last has ended. */
export function together(...steps: readonly Step[]): Step {
  return { do: 'together', steps };
}

/** One after the other: a branch of {@link together}. */
export function inOrder(...steps: readonly Step[]): Step {
  return { do: 'sequence', steps };
}

/** `${n}` counts from 0. */
export function repeat(times: number | string, ...steps: readonly Step[]): Step {
  return { do: 'repeat', times, steps };
}

export function expectLamp(name: string, lamp: Lamp, within?: Time): Step {
  return present({ do: 'expect-lamp' as const, phone: name, lamp, within: optional(within) });
}

export function expectAction(action: string, headers?: Headers, within?: Time): Step {
  const wanted = headers === undefined ? undefined : rows(headers);
  return present({ do: 'expect-action' as const, action, headers: wanted, within: optional(within) });
}

function rows(headers: Headers): [string, string][] {
  return Object.entries(headers).flatMap(([name, values]) =>
    (typeof values === 'string' ? [values] : values).map((value): [string, string] => [name, value]),
  );
}

function optional(time: Time | undefined): Millis | undefined {
  return time === undefined ? undefined : millis(time);
}

/** @throws ScenarioError `SCENARIO_WRONG` */
function millis(time: Time): Millis {
  if (typeof time === 'number' || time.includes('${')) return time;
  const ms = parseDuration(time);
  if (ms === undefined) {
    throw new ScenarioError('SCENARIO_WRONG', [
      { message: `'${time}' is no time; write 600 or '600ms', '3s', '2min'` },
    ]);
  }
  return ms;
}
