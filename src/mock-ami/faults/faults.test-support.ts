import type { Link } from '../../ami/link.ts';
import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { smallOffice } from '../config/small-office.ts';
import { createStage, type SimulatedStage } from '../simulated-stage.ts';

/** A small office on a hand-moved clock. */
export function stageForFaults(seed = 1): { readonly stage: SimulatedStage; readonly clock: ManualClock } {
  const clock = new ManualClock();
  return { clock, stage: createStage({ runtime: nodeRuntime({ clock }), files: smallOffice, seed }) };
}

/** A program at the manager interface that writes down what it gets, and when. */
export class Listener {
  readonly chunks: { readonly atMs: number; readonly bytes: Uint8Array }[] = [];
  ended = false;
  /** The other side reset the connection. */
  reset = false;
  readonly link: Link;

  constructor(stage: SimulatedStage) {
    const link = stage.connect();
    if (link === undefined) throw new Error('the PBX refused the connection');
    this.link = link;
    const startMs = stage.clock.now();
    link.attach({
      data: (bytes) => this.chunks.push({ atMs: stage.clock.now() - startMs, bytes }),
      end: () => {
        this.ended = true;
      },
      close: (error) => {
        this.reset = error !== undefined;
      },
    });
  }

  static loggedIn({ stage, clock }: ReturnType<typeof stageForFaults>): Listener {
    const client = new Listener(stage);
    client.send('Action: Login\r\nUsername: admin\r\nSecret: adminpw\r\n\r\n');
    clock.advance(20);
    client.forget();
    return client;
  }

  send(text: string): void {
    this.link.write(Buffer.from(text));
  }

  ping(id: string): void {
    this.send(`Action: Ping\r\nActionID: ${id}\r\n\r\n`);
  }

  forget(): void {
    this.chunks.length = 0;
  }

  get text(): string {
    return Buffer.concat(this.chunks.map(({ bytes }) => bytes)).toString('latin1');
  }

  /** Names of the events that came, in their order. */
  get events(): string[] {
    return [...this.text.matchAll(/^Event: (\w+)/gm)].map((found) => found[1] ?? '');
  }

  /** Ids of the answers that came. */
  get answers(): string[] {
    return [...this.text.matchAll(/^Response: .*\r\nActionID: (.*)\r/gm)].map((found) => found[1] ?? '');
  }
}
