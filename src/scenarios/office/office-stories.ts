import type { Random } from '../../ami/runtime.ts';
import type { Stage, StagePhone } from '../stage.ts';
import type { OutsideCaller } from './office-people.ts';

/** A short piece of office life. */
export interface Story {
  /** No other story touches them meanwhile, and they hang up at its end. */
  readonly phones: readonly string[];
  /** Each step acts and gives the pause after it, in ms. */
  readonly steps: Iterator<number, void>;
}

/** Numbers of what a PBX offers. */
export interface OfficeServices {
  readonly queue: string;
  readonly meeting: string;
}

export interface StorySetting {
  readonly stage: Stage;
  readonly random: Random;
  /** The phone that calls from outside come through. */
  readonly trunk: string;
  readonly callers: readonly OutsideCaller[];
  /** All phones of the office. */
  readonly phones: readonly string[];
  readonly services?: OfficeServices;
  /** Phones of the office without a call, in any order. */
  readonly free: readonly string[];
}

/** Chooses a story for the phones that are free; `undefined` where they are too few for any. */
export function chooseStory(setting: StorySetting): Story | undefined {
  const possible = STORIES.filter(
    ({ people, atServices }) =>
      people <= setting.free.length && (atServices !== true || setting.services !== undefined),
  );
  let point = setting.random.next() * possible.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, people, tell } of possible) {
    point -= weight;
    if (point >= 0) continue;
    const phones = setting.free.slice(0, people);
    // a story takes as many phones as its row says
    const [a, b, c] = phones.map((name) => setting.stage.phone(name)) as [StagePhone, StagePhone, StagePhone];
    return { phones, steps: tell(setting, a, b, c) };
  }
  return undefined;
}

/** A whole number between two, both included; a time in ms where it stands for one. */
export function between({ random }: { readonly random: Random }, from: number, to: number): number {
  return from + Math.floor(random.next() * (to - from + 1));
}

type Steps = Generator<number, void>;
type Tell = (setting: StorySetting, a: StagePhone, b: StagePhone, c: StagePhone) => Steps;

/** `weight`: how often it is told against the others; `people`: phones that it takes; `atServices`: it needs the PBX's services. */
const STORIES: readonly {
  readonly weight: number;
  readonly people: number;
  readonly atServices?: true;
  readonly tell: Tell;
}[] = [
  { weight: 5, people: 2, tell: talk },
  { weight: 4, people: 1, tell: callFromOutside },
  { weight: 3, people: 3, tell: consultation },
  { weight: 2, people: 3, tell: blindTransfer },
  { weight: 2, people: 3, tell: attendedTransfer },
  { weight: 1, people: 2, tell: noAnswer },
  { weight: 1, people: 2, tell: busy },
  { weight: 3, people: 1, atServices: true, tell: queueCall },
  { weight: 1, people: 3, atServices: true, tell: meeting },
];

function* talk(setting: StorySetting, a: StagePhone, b: StagePhone): Steps {
  yield* reach(setting, a, b);
  yield* sometimesHold(setting, a, b.name);
  yield between(setting, 3000, 15_000);
}

function* callFromOutside(setting: StorySetting, a: StagePhone): Steps {
  const caller = setting.callers[between(setting, 0, setting.callers.length - 1)];
  if (caller === undefined) return;
  setting.stage.phone(setting.trunk).dial(a.name, caller);
  yield between(setting, 1200, 5000);
  a.answer();
  yield between(setting, 3000, 9000);
  yield* sometimesHold(setting, a, caller.number);
  yield between(setting, 2000, 9000);
}

/** `b` is put on hold while `a` asks `c`. */
function* consultation(setting: StorySetting, a: StagePhone, b: StagePhone, c: StagePhone): Steps {
  yield* reach(setting, a, b);
  a.hold(b.name);
  yield between(setting, 600, 1500);
  yield* reach(setting, a, c);
  a.hangUp(c.name);
  yield between(setting, 500, 1200);
  a.resume(b.name);
  yield between(setting, 3000, 8000);
}

function* blindTransfer(setting: StorySetting, a: StagePhone, b: StagePhone, c: StagePhone): Steps {
  yield* reach(setting, a, b);
  b.transfer(a.name, c.name);
  yield between(setting, 1200, 3500);
  c.answer();
  yield between(setting, 4000, 12_000);
}

function* attendedTransfer(setting: StorySetting, a: StagePhone, b: StagePhone, c: StagePhone): Steps {
  yield* reach(setting, a, b);
  b.hold(a.name);
  yield between(setting, 600, 1500);
  yield* reach(setting, b, c);
  b.connect(a.name, c.name);
  yield between(setting, 4000, 12_000);
}

function* noAnswer(setting: StorySetting, a: StagePhone, b: StagePhone): Steps {
  a.dial(b.name);
  yield between(setting, 4000, 9000);
}

function* busy(setting: StorySetting, a: StagePhone, b: StagePhone): Steps {
  b.follow({ then: { kind: 'reject', reason: 'busy', afterMs: 0 } });
  a.dial(b.name);
  yield between(setting, 1500, 3000);
}

/** `a` waits in the queue until whoever it rings at answers. */
function* queueCall(setting: StorySetting, a: StagePhone): Steps {
  a.dial(setting.services?.queue ?? '');
  for (let tries = 0; tries < 8; tries++) {
    yield between(setting, 1500, 4000);
    const agent = setting.phones
      .map((name) => setting.stage.phone(name))
      .find(({ calls }) =>
        calls.some(({ other, state, direction }) => isRinging(state, direction) && other === a.name),
      );
    if (agent === undefined) continue;
    agent.answer(a.name);
    yield between(setting, 3000, 12_000);
    return;
  }
}

function isRinging(state: string, direction: string): boolean {
  return state === 'ringing' && direction === 'in';
}

/** They come one after the other, and leave together. */
function* meeting(setting: StorySetting, ...people: readonly StagePhone[]): Steps {
  for (const phone of people) {
    phone.dial(setting.services?.meeting ?? '');
    yield between(setting, 500, 2500);
  }
  yield between(setting, 5000, 20_000);
}

/** `a` calls `b`, who answers after a few rings; they talk a little. */
function* reach(setting: StorySetting, a: StagePhone, b: StagePhone): Steps {
  a.dial(b.name);
  yield between(setting, 1000, 4000);
  b.answer(a.name);
  yield between(setting, 2000, 6000);
}

function* sometimesHold(setting: StorySetting, phone: StagePhone, other: string): Steps {
  if (setting.random.next() < 0.4) return;
  phone.hold(other);
  yield between(setting, 2500, 8000);
  phone.resume(other);
}
