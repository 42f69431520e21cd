import { ByteReader, CompactError } from './compact-bytes.ts';
import type { Group, Shape } from './compact-shape.ts';
import { CompactState, MAX_SLOTS, readShape } from './compact-state.ts';
import { readValue, unzigzag } from './compact-value.ts';
import { headersOf, type WireLine } from './event.ts';
import type { EventMessage } from './protocol.ts';

/** Reads the binary messages of the compact protocol. See `docs/protocol-compact.md`. */
export class CompactDecoder {
  #state = new CompactState();

  /** What this can read on from: to be named when one comes back. */
  get lineage(): string {
    return this.#state.lineage;
  }

  /** How much this knows; none of it grows without bound. */
  get sizes(): { readonly shapes: number; readonly memories: number; readonly texts: number } {
    const { shapes, memories, texts } = this.#state;
    return { shapes: shapes.length, memories: memories.size, texts };
  }

  /**
   * An event, or `undefined` where the message tells only what is to be known for the next ones.
   * @throws CompactError after which no more can be read but what begins anew
   */
  decode(bytes: Uint8Array): EventMessage | undefined {
    const from = new ByteReader(bytes);
    const head = from.number();
    if (head === 0) {
      this.#state = CompactState.read(from);
      return undefined;
    }
    const message = this.#event(from, (head - 1) % 2 === 1, Math.floor((head - 1) / 2));
    if (from.left > 0) throw new CompactError('The message is longer than what it says');
    return message;
  }

  #event(from: ByteReader, hasPlace: boolean, shapeNumber: number): EventMessage {
    const state = this.#state;
    const seq = hasPlace ? from.number() : state.seq + 1;
    const prev = hasPlace ? from.number() : state.seq;
    state.at += unzigzag(from.number());
    state.seq = seq;
    const known = state.shapes[shapeNumber - 1];
    if (shapeNumber > 0 && known === undefined) throw new CompactError('A shape is named that nobody knows');
    const shape = known ?? readShape(from);
    if (known === undefined) state.learn(shape);
    const values: string[] = [];
    for (const group of shape.groups) this.#group(from, group, values);
    const lines = linesOf(shape, values);
    return {
      type: 'event',
      pbx: state.pbx,
      seq,
      prev,
      at: state.at / 10,
      name: shape.event,
      headers: headersOf(lines),
      lines,
    };
  }

  #group(from: ByteReader, { memory: name, members }: Group, values: string[]): void {
    const memory = this.#state.memory(name);
    const number = from.number();
    if (number > memory.slots.length || number >= MAX_SLOTS) throw new CompactError('There is no such slot');
    const slot = memory.slots[number] ?? new Map(memory.slots[memory.last]);
    memory.slots[number] = slot;
    memory.last = number;
    const masks: number[] = [];
    for (let at = 0; at < members.length; at += 28) masks.push(from.number());
    for (const [index, { at, name: header }] of members.entries()) {
      const before = slot.get(header) ?? '';
      const isChanged = Math.floor((masks[Math.floor(index / 28)] ?? 0) / 2 ** (index % 28)) % 2 === 1;
      const value = isChanged ? readValue(from, this.#state, before) : before;
      if (isChanged) slot.set(header, value);
      values[at] = value;
    }
  }
}

function linesOf({ privilege, headers }: Shape, values: readonly string[]): readonly WireLine[] {
  const lines = headers.flatMap(({ name, repeated }, at) =>
    (repeated ? list(values[at] ?? '') : [values[at] ?? '']).map((value): WireLine => [name, value]),
  );
  return privilege === '' ? lines : [['Privilege', privilege], ...lines];
}

function list(json: string): string[] {
  try {
    const value: unknown = JSON.parse(json);
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  } catch {}
  throw new CompactError('A repeated header is no list of texts');
}
