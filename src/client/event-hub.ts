import type { EventMessage } from '../gateway/wire/protocol.ts';
import { EventQueue } from './event-queue.ts';
import type { EventHeaders, EventName } from './events/known-events.ts';
import { PbxEvent } from './events/pbx-event.ts';

export type EventListener<Name extends EventName> = (event: PbxEvent<Name>) => void;

type AnyListener = (event: PbxEvent) => void;

/** All events, whatever their name. */
export const EVERY = '*';

/** Who listens to which AMI events. A listener that throws does not keep the others from hearing; its error surfaces as uncaught. */
export class EventHub {
  readonly #listeners = new Map<string, Set<AnyListener>>();

  /** Calls `listener` for each event of that name (`*`: any), until the returned function is called or `signal` aborts. */
  on<Name extends EventName>(name: Name, listener: EventListener<Name>, signal?: AbortSignal): () => void {
    if (signal?.aborted) return () => {};
    const one: AnyListener = (event) => listener(event as PbxEvent<Name>);
    const all = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, all.add(one));
    const off = () => {
      all.delete(one);
      signal?.removeEventListener('abort', off);
    };
    signal?.addEventListener('abort', off, { once: true });
    return off;
  }

  once<Name extends EventName>(name: Name, listener: EventListener<Name>): () => void {
    const off = this.on(name, (event) => {
      off();
      listener(event);
    });
    return off;
  }

  /** The events of that name from now on, as an endless loop; ends with `signal`, or by leaving the loop. */
  iterate<Name extends EventName>(
    name: Name,
    limit: number,
    signal?: AbortSignal,
  ): AsyncIterableIterator<PbxEvent<Name>> {
    const queue = new EventQueue<PbxEvent<Name>>(limit);
    const off = this.on(name, (event) => queue.push(event));
    queue.onEnd = () => {
      off();
      signal?.removeEventListener('abort', end);
    };
    const end = () => queue.end();
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    return queue;
  }

  emit(message: EventMessage, receivedAtMs: number): void {
    const event = new PbxEvent<string>(message as EventMessage & { headers: EventHeaders<string> }, receivedAtMs);
    for (const name of [message.name, EVERY]) {
      for (const listener of [...(this.#listeners.get(name) ?? [])]) call(listener, event);
    }
  }
}

function call(listener: AnyListener, event: PbxEvent): void {
  try {
    listener(event);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
