/** The PBX of the recordings with three programs at its manager interface, on a clock that is moved by hand. */
import { ManualClock } from '../../src/ami/manual-clock.ts';
import type { AmiMessage, Header } from '../../src/ami/message.ts';
import { parseMessage } from '../../src/ami/parse-message.ts';
import { PbxFramer } from '../../src/ami/pbx-framer.ts';
import { nodeRuntime } from '../../src/ami/runtime.node.ts';
import { SeededRandom } from '../../src/ami/seeded-random.ts';
import { createStage, type SimulatedStage } from '../../src/mock-ami/simulated-stage.ts';
import { labConfig } from '../fixtures.ts';
import { OFFICE_CONFIG } from './office-config.ts';

const { text, digest } = nodeRuntime();
const files = labConfig();

/** With users as the recorded Asterisk had them; events of different classes. */
const USERS = ['admin', 'readonly', 'panel'] as const;

export interface Office {
  readonly stage: SimulatedStage;
  readonly clock: ManualClock;
  readonly clients: readonly Client[];
  readonly admin: Client;
}

export function openOffice(seed: number): Office {
  const clock = new ManualClock();
  const runtime = { clock, random: new SeededRandom(seed), digest, text };
  const stage = createStage({ runtime, files, seed, config: OFFICE_CONFIG });
  limitTasks(stage);
  const clients = USERS.map((user) => new Client(stage, user));
  clock.advance(10);
  for (const client of clients) logIn(client, stage);
  clock.advance(10);
  const [admin] = clients;
  if (admin === undefined) throw new Error('nobody is at the manager interface');
  return { stage, clock, clients, admin };
}

export function logIn(client: Client, stage: SimulatedStage): void {
  client.send('Login', [
    ['Username', client.user],
    ['Secret', stage.managerSecret(client.user) ?? ''],
  ]);
}

/** Far more than a composition needs. */
const MOST_TASKS = 100_000;

/** A simulation whose tasks never end would not come back; this one throws instead. */
function limitTasks({ simulation }: SimulatedStage): void {
  let tasks = 0;
  const continueNow = simulation.continueNow.bind(simulation);
  simulation.continueNow = (what) => {
    if (++tasks > MOST_TASKS) throw new Error(`it goes on and on: ${what.task} ${JSON.stringify(what.data)}`);
    continueNow(what);
  };
}

/** A program that hears everything and keeps it. */
export class Client {
  readonly user: string;
  /** All bytes until now, one character a byte. */
  heard = '';
  readonly #send: (bytes: Uint8Array) => void;
  readonly #listeners = new Set<(message: AmiMessage) => void>();
  #actions = 0;

  constructor(stage: SimulatedStage, user: string) {
    this.user = user;
    const link = stage.connect();
    if (link === undefined) throw new Error('the PBX does not listen');
    const framer = new PbxFramer();
    this.#send = (bytes) => link.write(bytes);
    link.attach({
      data: (bytes) => {
        this.heard += Buffer.from(bytes).toString('latin1');
        const frames = framer.push(bytes);
        if (this.#listeners.size === 0) return;
        for (const frame of frames) {
          const message = parseMessage(frame.bytes, text);
          for (const listener of this.#listeners) listener(message);
        }
      },
      end: () => undefined,
      close: () => undefined,
    });
  }

  onMessage(listener: (message: AmiMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sends an action; gives its ActionID. */
  send(action: string, headers: readonly Header[] = []): string {
    const id = `${this.user}-${++this.#actions}`;
    const rows = [['Action', action], ['ActionID', id], ...headers];
    this.#send(text.encode(`${rows.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`));
    return id;
  }
}
