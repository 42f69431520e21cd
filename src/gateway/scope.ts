import { matcher } from './name-pattern.ts';
import type { Numbers } from './numbers.ts';
import type { Role } from './roles.ts';
import { namedNumbers, namedQueue, numberOfPresentity, type Subjects } from './subjects.ts';
import type { WireEvent, WireHeaders } from './wire/event.ts';

/** Whose eyes a scope is for. */
export interface Viewer {
  /** The user's own number, for a role that sees `own` extensions. */
  readonly extension?: string | undefined;
  /** Whose devices are, as of now. */
  readonly numbers: Numbers;
}

/** Events that tell of nobody in particular. */
export const OF_NOBODY: readonly string[] = ['FullyBooted', 'Shutdown', 'Reload'];

/** Which extensions and queues are seen. An event is seen where one of those that it tells of is. */
export class Scope {
  /** The same for users who see the same. */
  readonly key: string;
  /** The patterns; `undefined`: all. */
  readonly extensions: readonly string[] | undefined;
  readonly queues: readonly string[] | undefined;
  readonly #numbers: Numbers | undefined;
  readonly #seesNumber: (exten: string) => boolean;
  readonly #seesQueue: (queue: string) => boolean;

  constructor({ extensions, queues }: Pick<Role, 'extensions' | 'queues'>, viewer?: Viewer) {
    const own = viewer?.extension === undefined ? [] : [viewer.extension];
    this.extensions = extensions === 'own' ? own : extensions;
    this.queues = queues;
    this.#numbers = viewer?.numbers;
    this.key = JSON.stringify([this.extensions, queues]);
    this.#seesNumber = matcher(this.extensions ?? ['*']);
    this.#seesQueue = matcher(queues ?? ['*']);
  }

  /** Nobody is out of sight. */
  get isAll(): boolean {
    return this.key === '[null,null]';
  }

  seesNumber(exten: string): boolean {
    return this.#seesNumber(exten);
  }

  seesQueue(queue: string): boolean {
    return this.#seesQueue(queue);
  }

  /** A device of a number that is seen, by its name or by the hint of the number. */
  seesDevice(device: string): boolean {
    return this.extensions === undefined || (this.#numbers?.ofDevice(device).some(this.#seesNumber) ?? false);
  }

  seesChannel(channel: string): boolean {
    return this.extensions === undefined || (this.#numbers?.ofChannel(channel).some(this.#seesNumber) ?? false);
  }

  seesPresentity(presentity: string): boolean {
    return this.extensions === undefined || this.#seesNumber(numberOfPresentity(presentity));
  }

  /** @param subjects whom it tells of, where that is known already */
  seesEvent(event: Pick<WireEvent, 'name' | 'headers'>, subjects?: Subjects): boolean {
    if (this.isAll) return true;
    const queue = subjects === undefined ? namedQueue(event.headers) : subjects.queue;
    if (queue !== undefined) return this.#seesQueue(queue);
    if (this.extensions === undefined || OF_NOBODY.includes(event.name)) return true;
    const named = subjects?.named ?? this.#named(event);
    // What names nobody is of those whom it concerns: of all in a conference that is recorded from now on.
    return (named.length > 0 ? named : (subjects?.touched ?? [])).some(this.#seesNumber);
  }

  /** What may be seen of the answer to an action; where it tells of nobody in sight, only that it came. */
  seesAnswer(headers: WireHeaders): boolean {
    if (this.isAll) return true;
    const queue = namedQueue(headers);
    if (queue !== undefined) return this.#seesQueue(queue);
    return this.extensions === undefined || this.#named({ name: '', headers }, true).some(this.#seesNumber);
  }

  #named(event: Pick<WireEvent, 'name' | 'headers'>, isAnswer = false): readonly string[] {
    return this.#numbers === undefined ? [] : namedNumbers(event, this.#numbers, isAnswer);
  }
}
