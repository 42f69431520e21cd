import { CHANNEL_FLAGS, classOf, type ModelPart, OF_QUEUES, UPKEEP } from './model-parts.ts';
import { matcher } from './name-pattern.ts';
import type { Subjects } from './subjects.ts';
import type { WireEvent } from './wire/event.ts';
import type { SubscriptionRule } from './wire/protocol.ts';

type Matcher = (name: string) => boolean;

/** What puts somebody else into a caller's place. */
const SWAP = 'AttendedTransfer';

/** What a rule can be found by when an event comes. */
export type IndexKey = string;

export const byNumber = (number: string): IndexKey => `number ${number}`;
export const byQueue = (queue: string): IndexKey => `queue ${queue}`;
export const byEvent = (event: string): IndexKey => `event ${event}`;
/** Anything about any queue. */
export const OF_ANY_QUEUE: IndexKey = 'queue';

/** One rule of a subscription, ready to be asked: what it names has to fit all at once. */
export class CompiledRule {
  /** `undefined`: it has to be asked about every event. */
  readonly keys: readonly IndexKey[] | undefined;
  readonly #fitsEvent: Matcher | undefined;
  readonly #fitsClass: Matcher | undefined;
  readonly #fitsNumber: Matcher | undefined;
  readonly #fitsQueue: Matcher | undefined;

  constructor({ events, classes, extensions, queues }: SubscriptionRule) {
    this.#fitsEvent = events && matcher(events);
    this.#fitsClass = classes && matcher(classes);
    this.#fitsNumber = extensions && matcher(extensions);
    this.#fitsQueue = queues && matcher(queues);
    const named = this.#letsSwaps && events !== undefined ? [...events, SWAP] : events;
    this.keys =
      keysOf(extensions, byNumber) ??
      keysOf(queues, byQueue) ??
      keysOf(named, byEvent) ??
      (queues === undefined ? undefined : [OF_ANY_QUEUE]);
  }

  passes({ name, lines }: Pick<WireEvent, 'name' | 'lines'>, { touched, queue, queues }: Subjects): boolean {
    if (this.#fitsQueue !== undefined && !queues.some(this.#fitsQueue)) return false;
    if (this.#fitsNumber !== undefined && !touched.some(this.#fitsNumber)) return false;
    if (queue === undefined && queues.length > 0 && this.#letsSwaps) return true;
    if (this.#fitsEvent?.(name) === false) return false;
    return this.#fitsClass === undefined || classesOf(lines).some(this.#fitsClass);
  }

  /**
   * Who hears of callers that come and go hears also of one that is put into the place of another, by an attended transfer: no event of
   * queues tells it. Source: recording `queue-call-attended-transfer`.
   */
  get #letsSwaps(): boolean {
    return this.lets('QueueCallerJoin') && this.lets('QueueCallerLeave');
  }

  /** Whether what this rule lets through keeps that part; `undefined`: it lets through nothing of the part. @param sees what may be seen */
  keeps(part: ModelPart, sees: Matcher): boolean | undefined {
    const { begins, needs } = UPKEEP[part];
    if (this.#fitsQueue !== undefined && !OF_QUEUES.has(part)) return undefined;
    const comes = (event: string) => sees(event) && this.lets(event);
    if (!begins.some(comes)) return undefined;
    const areFlagsKept = Object.values(CHANNEL_FLAGS).every(([one, other]) => comes(one) === comes(other));
    return needs.every(comes) && (part !== 'channels' || areFlagsKept);
  }

  /** Whether events of that name may come, of whomever. */
  lets(event: string): boolean {
    return this.#fitsEvent?.(event) !== false && this.#fitsClass?.(classOf(event)) !== false;
  }

  /** @param numbers of something in the model; `undefined`: of nobody @param queue that it is in */
  fits(numbers: readonly string[] | undefined, queue: string | undefined): boolean {
    if (this.#fitsQueue !== undefined && (queue === undefined || !this.#fitsQueue(queue))) return false;
    return this.#fitsNumber === undefined || (numbers?.some(this.#fitsNumber) ?? false);
  }
}

function keysOf(
  patterns: readonly string[] | undefined,
  key: (name: string) => IndexKey,
): readonly IndexKey[] | undefined {
  return patterns?.some((pattern) => pattern.includes('*')) === false ? patterns.map(key) : undefined;
}

/** `Privilege: call,all` says of which classes an event is. */
function classesOf(lines: WireEvent['lines']): readonly string[] {
  const [first] = lines ?? [];
  return first?.[0] === 'Privilege' ? first[1].split(',') : [];
}
