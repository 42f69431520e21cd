import type { ControlMessage, ControlPbxRequest, ControlPhone, ControlRequest } from '../mock-ami/control/wire.ts';
import { ClientError } from './client-error.ts';
import { LastingSocket } from './lasting-socket.ts';
import { type Platform, platformWith } from './platform.ts';

export const CONTROL_PROTOCOL = 'asterclick.control.v1';

export interface PhoneWallOptions {
  /** `ws:` or `wss:` URL of a simulated PBX's control socket. */
  readonly url: string;
  /** Sent as the URL's `token`, where the control socket asks for one. */
  readonly token?: string | undefined;
  readonly platform?: Partial<Platform>;
}

/** A button of a phone, or of the whole PBX, as a caller writes it. */
export type PhoneButton = WithoutId<ControlRequest> | WithoutId<ControlPbxRequest>;

type WithoutId<Request> = Request extends infer Each ? Omit<Each, 'id'> : never;

interface Waiting {
  resolve(): void;
  reject(error: ClientError): void;
}

/** The simulated desk phones of a mock PBX: their displays and lamps as they change, and their buttons. */
export class PhoneWallClient {
  readonly #socket: LastingSocket;
  readonly #watchers = new Set<() => void>();
  readonly #waiting = new Map<number, Waiting>();
  #phones: readonly ControlPhone[] = [];
  #online = false;
  #lastId = 0;

  constructor({ url, token, platform }: PhoneWallOptions) {
    const withToken =
      token === undefined ? url : `${url}${url.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`;
    this.#socket = new LastingSocket({ url: withToken, protocols: [CONTROL_PROTOCOL] }, platformWith(platform), {
      connecting: () => {},
      opened: () => {},
      message: (data) => this.#receive(data),
      closed: (code, reason) => ({ reason: reason || `The WebSocket closed with code ${code}.` }),
      waiting: () => this.#offline(),
      ended: () => this.#offline(),
    });
  }

  /** In the order of the PBX's configuration; as last known while it is not `online`. */
  get phones(): readonly ControlPhone[] {
    return this.#phones;
  }

  get online(): boolean {
    return this.#online;
  }

  phone(name: string): ControlPhone | undefined {
    return this.#phones.find((phone) => phone.name === name);
  }

  connect(): void {
    this.#socket.open();
  }

  close(): void {
    this.#socket.end(new ClientError('CLIENT_CLOSED', 'The phone wall was closed by this program.'));
  }

  /** Calls `watcher` whenever a phone or the connection changed, until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /**
   * Presses a button; resolves when the phone has done it.
   * @throws ClientError with the stage's code (`STAGE_NO_SUCH_CALL` ...), `CLIENT_NOT_CONNECTED`, `CLIENT_CONNECTION_LOST`
   */
  async press(button: PhoneButton): Promise<void> {
    if (!this.#online) throw new ClientError('CLIENT_NOT_CONNECTED', 'The phones are not connected.');
    const id = ++this.#lastId;
    this.#socket.send(JSON.stringify({ id, ...button }));
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #receive(data: unknown): void {
    const message = JSON.parse(String(data)) as ControlMessage;
    switch (message.type) {
      case 'phones':
        this.#online = true;
        this.#socket.settled();
        this.#show(message.phones);
        break;
      case 'phone':
        this.#show(this.#phones.map((phone) => (phone.name === message.phone.name ? message.phone : phone)));
        break;
      case 'done':
        this.#take(message.id)?.resolve();
        break;
      case 'failed':
        this.#take(message.id)?.reject(new ClientError(message.code, message.message));
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #offline(): void {
    this.#online = false;
    for (const { reject } of this.#waiting.values()) {
      reject(
        new ClientError('CLIENT_CONNECTION_LOST', 'The connection to the phones broke before the button was answered.'),
      );
    }
    this.#waiting.clear();
    this.#show(this.#phones);
  }

  #show(phones: readonly ControlPhone[]): void {
    this.#phones = phones;
    for (const watcher of [...this.#watchers]) watcher();
  }
}

export type { ControlCall, ControlLamp, ControlPhone } from '../mock-ami/control/wire.ts';
