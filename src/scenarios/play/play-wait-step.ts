import type { AmiMessage, Header } from '../../ami/message.ts';
import { formatDuration } from '../duration.ts';
import type { Condition, ExpectStep, WaitStep } from '../types.ts';
import type { Counters, PlayContext } from './play-context.ts';
import { StepFailure } from './step-failure.ts';
import { pause, type Task, until } from './task.ts';

const WAIT_LIMIT_MS = 10_000;
/** A lamp or an action is expected soon, not some time. */
const EXPECT_LIMIT_MS = 1000;
/** Nothing tells when a phone or a lamp changes. */
const LOOK_EVERY_MS = 1;
/** Who waits for a phone needs a moment to see it and to act. Source: recordings `command-action`, `core-show-channels-1`. */
const REACTION_MS = 1;

type Of<Kind> = Extract<WaitStep | ExpectStep, { do: Kind }>;

/** `since`: the place in what clients received from which events count. */
export function* playWaitStep(step: WaitStep | ExpectStep, context: PlayContext, scope: Counters, since: number): Task {
  switch (step.do) {
    case 'wait':
      return yield* pause(context.clock, context.millis(step.for, scope));
    case 'wait-until':
      return yield* waitUntil(step, context, scope);
    case 'wait-for-event':
      return yield* waitForEvent(step, context, scope, since);
    case 'expect-lamp':
      return yield* expectLamp(step, context, scope);
    case 'expect-action':
      return yield* expectAction(step, context, scope);
  }
}

function* waitUntil(step: Of<'wait-until'>, context: PlayContext, scope: Counters): Task {
  const look = observer(step, context, scope);
  const limitMs = context.millis(step.within ?? WAIT_LIMIT_MS, scope);
  const { clock, signal } = context;
  if (yield* until(() => look().includes(step.is), { clock, signal, limitMs, everyMs: LOOK_EVERY_MS })) {
    if (step.is !== 'disconnected') yield* pause(clock, REACTION_MS);
    return;
  }
  const seen = look().join(' and ') || 'none of the states that can be waited for';
  throw new StepFailure(`still not ${step.is} after ${formatDuration(limitMs)}; it is ${seen}`);
}

/** What holds now of a phone or a client. */
function observer(step: Of<'wait-until'>, context: PlayContext, scope: Counters): () => Condition[] {
  if (step.is === 'disconnected') {
    const client = context.clients.get(context.fill(step.who, scope));
    if (client === undefined) throw new StepFailure(`there is no client ${context.fill(step.who, scope)}`);
    return () => (client.open ? [] : ['disconnected']);
  }
  const phone = context.phone(step.who, scope);
  return () => {
    const holds: Condition[] = [phone.registered ? 'registered' : 'unregistered'];
    if (phone.calls.length === 0) holds.push('idle');
    if (phone.calls.some((call) => call.state === 'up')) holds.push('up');
    // at the caller it is the ringing that it hears
    if (phone.calls.some((call) => call.state === 'ringing')) holds.push('ringing');
    if (phone.lamp === 'held') holds.push('held');
    return holds;
  };
}

function* waitForEvent(step: Of<'wait-for-event'>, context: PlayContext, scope: Counters, since: number): Task {
  const name = context.fill(step.event, scope);
  const wanted = context.headers(step.headers ?? [], scope);
  const limitMs = context.millis(step.within ?? WAIT_LIMIT_MS, scope);
  const { clock, signal } = context;
  let looked = since;
  let found: AmiMessage | undefined;
  const seen = new Map<string, AmiMessage>();
  const look = (): boolean => {
    for (const message of context.messagesSince(looked)) {
      const event = message.get('Event');
      if (event !== undefined) seen.set(event, message);
      if (found === undefined && event?.toLowerCase() === name.toLowerCase() && carries(message.headers, wanted)) {
        found = message;
      }
    }
    looked = context.received;
    return found !== undefined;
  };
  if (!(yield* until(look, { clock, signal, limitMs }))) {
    throw new StepFailure(`no such event in ${formatDuration(limitMs)}; ${instead(name, wanted, seen)}`);
  }
  if (step.as !== undefined) context.keep(step.as, found);
}

function instead(name: string, wanted: readonly Header[], seen: ReadonlyMap<string, AmiMessage>): string {
  const near = seen.get(name);
  if (near !== undefined) return `the last ${name} had ${differences(near.headers, wanted)}`;
  return seen.size === 0 ? 'none came at all' : `seen were ${[...seen.keys()].join(', ')}`;
}

function* expectLamp(step: Of<'expect-lamp'>, context: PlayContext, scope: Counters): Task {
  const phone = context.phone(step.phone, scope);
  const limitMs = context.millis(step.within ?? EXPECT_LIMIT_MS, scope);
  const { clock, signal } = context;
  const seen: string[] = [];
  const look = (): boolean => {
    if (seen.at(-1) !== phone.lamp) seen.push(phone.lamp);
    return phone.lamp === step.lamp;
  };
  if (yield* until(look, { clock, signal, limitMs, everyMs: LOOK_EVERY_MS })) return;
  throw new StepFailure(`after ${formatDuration(limitMs)} the lamp of ${phone.name} has shown ${seen.join(', then ')}`);
}

function* expectAction(step: Of<'expect-action'>, context: PlayContext, scope: Counters): Task {
  const name = context.fill(step.action, scope);
  const wanted = context.headers(step.headers ?? [], scope);
  const limitMs = context.millis(step.within ?? EXPECT_LIMIT_MS, scope);
  const { clock, signal } = context;
  const look = (): boolean =>
    context.claimAction(({ action, headers }) => sameName(action, name) && carries(headers, wanted));
  if (yield* until(look, { clock, signal, limitMs, everyMs: LOOK_EVERY_MS })) return;
  const received = context.unclaimedActions();
  const near = received.findLast(({ action }) => sameName(action, name));
  const instead =
    near !== undefined
      ? `the last ${name} had ${differences(near.headers, wanted)}`
      : `received were ${received.map(({ action }) => action).join(', ') || 'no other actions'}`;
  throw new StepFailure(`no such action in ${formatDuration(limitMs)}; ${instead}`);
}

function carries(headers: readonly Header[], wanted: readonly Header[]): boolean {
  return wanted.every(([name, value]) => headers.some(([has, is]) => sameName(has, name) && is === value));
}

function differences(headers: readonly Header[], wanted: readonly Header[]): string {
  const wrong = wanted.filter((header) => !carries(headers, [header]));
  if (wrong.length === 0) return 'all of these, but not all in one';
  return wrong
    .map(([name, value]) => {
      const is = headers.filter(([has]) => sameName(has, name)).map(([, found]) => `'${found}'`);
      return `${is.length === 0 ? `no ${name}` : `${name} ${is.join(', ')}`} where '${value}' was expected`;
    })
    .join('; ');
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
