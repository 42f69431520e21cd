import { StageError } from '../../scenarios/stage.ts';
import type { SimulatedStage } from '../simulated-stage.ts';
import type { ControlApi } from './api/control-api.ts';
import { controlPhone, deskPhones } from './control-phone.ts';
import { parseControlRequest } from './parse-control-request.ts';
import { pressButton } from './press-button.ts';
import type { ControlApiRequest, ControlMessage } from './wire.ts';

/** Name of the protocol of `wire.ts`, as a WebSocket subprotocol. */
export const CONTROL_PROTOCOL = 'asterclick.control.v1';

/** Where messages to one client go. */
export interface ControlPeer {
  send(text: string): void;
}

/** What a client's connection hears. */
export interface ControlConnection {
  receive(text: string): void;
  /** The client is gone. */
  close(): void;
}

/**
 * The phones of a simulated PBX for clients of any transport: all phones once, then each phone when its display or lamp changes, and
 * the answers to buttons. Nothing is sent when nothing changes, and a change is sent once for all.
 */
export class ControlServer {
  readonly #stage: SimulatedStage;
  readonly #api: ControlApi | undefined;
  readonly #peers = new Set<ControlPeer>();
  /** What was last sent of each phone, as JSON. */
  #shown = new Map<string, string>();
  #stop: (() => void) | undefined;

  /** @param api answers requests of the HTTP API that come here; without it there is none */
  constructor(stage: SimulatedStage, api?: ControlApi) {
    this.#stage = stage;
    this.#api = api;
  }

  connect(peer: ControlPeer): ControlConnection {
    this.#watch();
    this.#update();
    this.#peers.add(peer);
    peer.send(this.#allPhones());
    return {
      receive: (text) => this.#receive(peer, text),
      close: () => {
        this.#peers.delete(peer);
        if (this.#peers.size === 0) this.#unwatch();
      },
    };
  }

  /** Forgets all clients and listens to the PBX no more. */
  close(): void {
    this.#peers.clear();
    this.#unwatch();
  }

  #watch(): void {
    this.#stop ??= this.#stage.simulation.onSettled(() => this.#update());
  }

  #unwatch(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #receive(peer: ControlPeer, text: string): void {
    const request = parseControlRequest(text);
    if ('message' in request) {
      send(peer, { type: 'failed', id: request.id, code: 'CONTROL_BAD_REQUEST', message: request.message });
      return;
    }
    if (request.do === 'request') {
      void this.#answer(peer, request);
      return;
    }
    try {
      pressButton(this.#stage, request);
      send(peer, { type: 'done', id: request.id });
    } catch (error) {
      if (!(error instanceof StageError)) throw error;
      send(peer, { type: 'failed', id: request.id, code: error.code, message: error.message });
    }
  }

  async #answer(peer: ControlPeer, { id, method, path, query = {}, body }: ControlApiRequest): Promise<void> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const answer = await this.#api?.handle({ method, path, query, body: text });
    if (!this.#peers.has(peer)) return;
    if (answer !== undefined) send(peer, { type: 'answer', id, ...answer });
    else send(peer, { type: 'failed', id, code: 'CONTROL_BAD_REQUEST', message: 'here are phones only, no API' });
  }

  #allPhones(): string {
    return `{"type":"phones","version":1,"phones":[${[...this.#shown.values()].join(',')}]}`;
  }

  #update(): void {
    const names = deskPhones(this.#stage.simulation);
    const before = this.#shown;
    this.#shown = new Map(names.map((name) => [name, JSON.stringify(controlPhone(this.#stage, name))]));
    if (!sameNames(before, this.#shown)) {
      this.#broadcast(this.#allPhones());
      return;
    }
    for (const [name, phone] of this.#shown) {
      if (before.get(name) !== phone) this.#broadcast(`{"type":"phone","phone":${phone}}`);
    }
  }

  #broadcast(text: string): void {
    for (const peer of this.#peers) peer.send(text);
  }
}

function send(peer: ControlPeer, message: ControlMessage): void {
  peer.send(JSON.stringify(message));
}

function sameNames(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
  return one.size === other.size && [...one.keys()].every((name) => other.has(name));
}
