import { type ByteReader, type ByteWriter, CompactError } from './compact-bytes.ts';
import { COMMON_TEXTS } from './compact-dictionary.ts';
import { KNOWN_SHAPES, makeShape, type Shape, type ShapeHeader } from './compact-shape.ts';

export const MAX_SHAPES = 1024;
export const MAX_SLOTS = 1024;
const MAX_MEMORIES = 1024;
/** Texts of these lengths, of late, can be named instead of repeated. */
export const RECENT_TEXTS = 512;
const SHORTEST_RECENT = 3;
const LONGEST_RECENT = 200;

/** Header names and their last values. */
export type Slot = Map<string, string>;

export interface Memory {
  readonly slots: Slot[];
  /** The slot that was written last: new ones begin as a copy of it. */
  last: number;
}

/** The texts that both sides know from the start. */
export const KNOWN_TEXTS: readonly string[] = [
  ...new Set([
    ...COMMON_TEXTS,
    ...KNOWN_SHAPES.flatMap(({ event, privilege, headers }) => [event, privilege, ...headers.map(({ name }) => name)]),
  ]),
];
const KNOWN_INDEX: ReadonlyMap<string, number> = new Map(KNOWN_TEXTS.map((text, index) => [text, index]));

/** What both sides of the compact protocol know alike: it is the same after each message. */
export class CompactState {
  lineage = '';
  pbx = '';
  seq = 0;
  /** Tenths of a millisecond since the epoch. */
  at = 0;
  readonly shapes: Shape[] = [...KNOWN_SHAPES];
  readonly memories = new Map<string, Memory>();
  /** By number of their coming; those older than {@link RECENT_TEXTS} are gone. */
  readonly #texts: string[] = [];
  readonly #textNumbers = new Map<string, number>();
  #textCount = 0;

  /** How many texts can be named that are not of the dictionary. */
  get texts(): number {
    return this.#texts.length;
  }

  memory(name: string): Memory {
    const known = this.memories.get(name);
    if (known !== undefined) return known;
    if (this.memories.size === MAX_MEMORIES) this.memories.delete(this.memories.keys().next().value ?? '');
    const memory: Memory = { slots: [], last: 0 };
    this.memories.set(name, memory);
    return memory;
  }

  learn(shape: Shape): void {
    if (this.shapes.length < MAX_SHAPES) this.shapes.push(shape);
  }

  /** Takes note of a text that was written out. */
  remember(text: string): void {
    if (text.length < SHORTEST_RECENT || text.length > LONGEST_RECENT) return;
    const place = this.#textCount % RECENT_TEXTS;
    const gone = this.#texts[place];
    if (gone !== undefined && this.#textNumbers.get(gone) === this.#textCount - RECENT_TEXTS)
      this.#textNumbers.delete(gone);
    this.#texts[place] = text;
    this.#textNumbers.set(text, this.#textCount);
    this.#textCount += 1;
  }

  /** The number by which a text can be named: how long ago it came, or where it stands in the dictionary. */
  numberOf(text: string): number | undefined {
    const recent = this.#textNumbers.get(text);
    if (recent !== undefined) return this.#textCount - 1 - recent;
    const known = KNOWN_INDEX.get(text);
    return known === undefined ? undefined : RECENT_TEXTS + known;
  }

  /** @throws CompactError */
  textOf(number: number): string {
    const text =
      number >= RECENT_TEXTS
        ? KNOWN_TEXTS[number - RECENT_TEXTS]
        : number < this.#textCount
          ? this.#texts[(this.#textCount - 1 - number) % RECENT_TEXTS]
          : undefined;
    if (text === undefined) throw new CompactError('A text is named that nobody knows');
    return text;
  }

  write(to: ByteWriter): void {
    to.text(this.lineage).text(this.pbx).number(this.seq).number(this.at);
    const learnt = this.shapes.slice(KNOWN_SHAPES.length);
    to.number(learnt.length);
    for (const shape of learnt) writeShape(to, shape);
    to.number(this.memories.size);
    for (const [name, { slots, last }] of this.memories) {
      writeWord(to, name);
      to.number(last).number(slots.length);
      for (const slot of slots) {
        to.number(slot.size);
        for (const [header, value] of slot) {
          writeWord(to, header);
          writeWord(to, value);
        }
      }
    }
    const count = Math.min(this.#textCount, RECENT_TEXTS);
    to.number(count);
    for (let number = count - 1; number >= 0; number--) to.text(this.textOf(number));
  }

  /** @throws CompactError */
  static read(from: ByteReader): CompactState {
    const state = new CompactState();
    state.lineage = from.text();
    state.pbx = from.text();
    state.seq = from.number();
    state.at = from.number();
    for (let left = from.count(); left > 0; left--) state.learn(readShape(from));
    for (let left = from.count(); left > 0; left--) readMemory(from, state);
    for (let left = from.count(); left > 0; left--) state.remember(from.text());
    return state;
  }
}

function readMemory(from: ByteReader, state: CompactState): void {
  const memory = state.memory(readWord(from));
  memory.last = from.number();
  for (let slots = from.count(); slots > 0; slots--) {
    const slot: Slot = new Map();
    for (let headers = from.count(); headers > 0; headers--) slot.set(readWord(from), readWord(from));
    memory.slots.push(slot);
  }
  if (memory.slots.length > MAX_SLOTS || memory.last >= Math.max(memory.slots.length, 1))
    throw new CompactError('A memory is not as it can be');
}

export function writeShape(to: ByteWriter, { event, privilege, headers }: Omit<Shape, 'groups'>): void {
  writeWord(to, event);
  writeWord(to, privilege);
  to.number(headers.length);
  for (const { name, repeated } of headers) {
    writeWord(to, name);
    to.number(repeated ? 1 : 0);
  }
}

/** @throws CompactError */
export function readShape(from: ByteReader): Shape {
  const [event, privilege] = [readWord(from), readWord(from)];
  const headers: ShapeHeader[] = [];
  for (let left = from.count(); left > 0; left--) headers.push({ name: readWord(from), repeated: from.number() === 1 });
  return makeShape(event, privilege, headers);
}

/** A text of the dictionary by its place plus one, or 0 and the text. */
function writeWord(to: ByteWriter, text: string): void {
  const known = KNOWN_INDEX.get(text);
  if (known === undefined) to.number(0).text(text);
  else to.number(known + 1);
}

function readWord(from: ByteReader): string {
  const number = from.number();
  const text = number === 0 ? from.text() : KNOWN_TEXTS[number - 1];
  if (text === undefined) throw new CompactError('A text is named that nobody knows');
  return text;
}
