import { deviceOfChannel, devicesOfExtension } from './device.ts';
import { matcher } from './name-pattern.ts';
import type { Role } from './roles.ts';
import type { WireEvent, WireHeaders } from './wire/event.ts';
import type { Model } from './wire/model.ts';

/** Whose eyes a scope is for. */
export interface Viewer {
  /** The user's own number, for a role that sees `own` extensions. */
  readonly extension?: string | undefined;
  /** Where the devices of a number are looked up, as of now. */
  readonly model: Model;
}

/** Events that tell of nobody in particular, and without which a browser's model would never be rid of a bridge. */
const OF_NOBODY = new Set(['FullyBooted', 'Shutdown', 'Reload', 'BridgeDestroy']);
/** Events and answers about a number: elsewhere `Exten` is where a channel is in the dialplan. */
const ABOUT_NUMBER = new Set(['ExtensionStatus', 'PresenceStatus']);
const DEVICE_HEADERS = ['Device', 'Interface', 'StateInterface', 'Peer', 'MemberName'];
const NUMBER_HEADERS = ['Mailbox', 'VoiceMailbox', 'EndpointName', 'AOR', 'Endpoint'];

/** Which extensions and queues are seen. An event is seen where one of those that it tells of is. */
export class Scope {
  /** The same for users who see the same. */
  readonly key: string;
  readonly #viewer: Viewer | undefined;
  readonly #numbers: readonly string[] | undefined;
  readonly #seesNumber: (exten: string) => boolean;
  readonly #seesQueue: (queue: string) => boolean;

  constructor({ extensions, queues }: Pick<Role, 'extensions' | 'queues'>, viewer?: Viewer) {
    const own = viewer?.extension === undefined ? [] : [viewer.extension];
    this.#viewer = viewer;
    this.#numbers = extensions === 'own' ? own : extensions;
    this.key = JSON.stringify([this.#numbers, queues]);
    this.#seesNumber = matcher(this.#numbers ?? ['*']);
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
    if (this.#numbers === undefined) return true;
    if (this.#seesNumber(device.slice(device.indexOf('/') + 1).replace(/@.*$/, ''))) return true;
    const { model } = this.#viewer ?? {};
    if (model === undefined) return false;
    const numbers = new Set([...model.extensions.values()].map(({ exten }) => exten));
    return [...numbers].some((exten) => this.#seesNumber(exten) && devicesOfExtension(model, exten).includes(device));
  }

  seesChannel(channel: string): boolean {
    return this.#numbers === undefined || this.seesDevice(deviceOfChannel(channel.replace(/;[12]$/, '')));
  }

  /** `CustomPresence:1001` is of 1001. */
  seesPresentity(presentity: string): boolean {
    return this.#numbers === undefined || this.#seesNumber(presentity.slice(presentity.indexOf(':') + 1));
  }

  seesEvent({ name, headers }: Pick<WireEvent, 'name' | 'headers'>): boolean {
    if (this.isAll) return true;
    const [queue] = values(headers, 'Queue');
    if (queue !== undefined) return this.#seesQueue(queue);
    return this.#numbers === undefined || this.#seesParty(headers, ABOUT_NUMBER.has(name)) || OF_NOBODY.has(name);
  }

  /** What may be seen of the answer to an action; where it tells of nobody in sight, only that it came. */
  seesAnswer(headers: WireHeaders): boolean {
    if (this.isAll) return true;
    const [queue] = values(headers, 'Queue');
    if (queue !== undefined) return this.#seesQueue(queue);
    return this.#numbers === undefined || this.#seesParty(headers, true);
  }

  #seesParty(headers: WireHeaders, numberIsTold: boolean): boolean {
    const channels = Object.keys(headers).filter((name) => name.endsWith('Channel'));
    return (
      channels.some((name) => values(headers, name).some((channel) => this.seesChannel(channel))) ||
      DEVICE_HEADERS.some((name) => values(headers, name).some((device) => this.seesDevice(device))) ||
      values(headers, 'Presentity').some((presentity) => this.seesPresentity(presentity)) ||
      NUMBER_HEADERS.some((name) => values(headers, name).some((text) => this.#seesNumber(text.replace(/@.*$/, '')))) ||
      (numberIsTold && values(headers, 'Exten').some((exten) => this.#seesNumber(exten)))
    );
  }
}

function values(headers: WireHeaders, name: string): readonly string[] {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return value === undefined ? [] : [value].flat();
}
