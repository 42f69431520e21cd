import type { Link } from '../../ami/link.ts';
import type { Door, Entrance } from '../server/door.ts';

/** A door that lets nobody in where there is no room, and is else the one behind it. */
export class LimitedDoor implements Door {
  readonly #inner: Door;
  readonly #hasRoom: () => boolean;

  constructor(inner: Door, hasRoom: () => boolean) {
    this.#inner = inner;
    this.#hasRoom = hasRoom;
  }

  enter(link: Link): Entrance | undefined {
    if (this.#hasRoom()) return this.#inner.enter(link);
    link.attach({ data: () => {}, end: () => {}, close: () => {} });
    link.end();
    return undefined;
  }

  login(): ReturnType<Door['login']> {
    return this.#inner.login();
  }
}
