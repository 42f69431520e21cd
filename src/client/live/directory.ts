import type { ChannelState, ExtensionState, Model } from '../../gateway/wire/model.ts';
import { deviceOf, devicesOf } from './device.ts';

/**
 * Names of extensions. Asterisk has no list of them for a client, so they are gathered: given ones first, then the names of
 * queue members, then the caller ids that extensions were seen with. A name once learned stays when the call is over.
 */
export class Directory {
  readonly #given: Map<string, string>;
  readonly #learned = new Map<string, string>();

  constructor(given: Readonly<Record<string, string>> = {}) {
    this.#given = new Map(Object.entries(given));
  }

  /** '' where none is known. */
  nameOf(extension: string): string {
    return this.#given.get(extension) ?? this.#learned.get(extension) ?? '';
  }

  /** Adds a name that is known for sure, a phone's own label for example. */
  give(extension: string, name: string): void {
    this.#given.set(extension, name);
  }

  learnFrom({ extensions, queues, channels }: Model): void {
    const extensionOf = byDevice([...extensions.values()]);
    for (const { interface: device, name } of [...queues.values()].flatMap(({ members }) => members)) {
      if (name !== device) this.#learn(extensionOf.get(device), name);
    }
    for (const channel of channels.values()) this.learnFromChannel(channel, extensionOf.get(deviceOf(channel.channel)));
  }

  /** Only where the number is the extension's own: a caller id may be set to anything on the way. */
  learnFromChannel({ callerIdNum, callerIdName }: ChannelState, extension: string | undefined): void {
    if (extension === callerIdNum && this.nameOf(extension) === '') this.#learn(extension, callerIdName);
  }

  #learn(extension: string | undefined, name: string): void {
    if (extension !== undefined && name !== '') this.#learned.set(extension, name);
  }
}

function byDevice(extensions: readonly ExtensionState[]): ReadonlyMap<string, string> {
  return new Map(extensions.flatMap((one) => devicesOf(one).map((device) => [device, one.exten])));
}
