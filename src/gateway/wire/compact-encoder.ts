import { ByteWriter } from './compact-bytes.ts';
import { type Group, makeShape, type Shape, type ShapeHeader, shapeKey } from './compact-shape.ts';
import { CompactState, MAX_SHAPES, MAX_SLOTS, type Memory, writeShape } from './compact-state.ts';
import { writeValue, zigzag } from './compact-value.ts';
import { linesOf, type WireEvent, type WireLine } from './event.ts';

const SLOTS_OF_OTHERS = 256;
/** Headers that tell things apart in events about neither channels nor bridges. */
const KEYS: readonly string[] = [
  'Queue',
  'Interface',
  'Device',
  'Exten',
  'Variable',
  'SSRC',
  'AccountID',
  'Endpoint',
  'AOR',
  'Mailbox',
  'Conference',
];

/** Where an event stands in the stream. */
export interface Place {
  readonly seq: number;
  readonly prev: number;
}

/** Writes events so that a `CompactDecoder` which has read all before reads them. See `docs/protocol-compact.md`. */
export class CompactEncoder {
  readonly #state = new CompactState();
  readonly #shapes = new Map<string, number>();
  readonly #slots = new Map<string, Map<string, number>>();

  /** @param lineage tells the knowledge that grows here apart from any other */
  constructor(pbx: string, lineage: string) {
    this.#state.pbx = pbx;
    this.#state.lineage = lineage;
    for (const [index, shape] of this.#state.shapes.entries()) this.#shapes.set(shapeKey(shape), index);
  }

  /** All that was learnt so far, for who starts to read here. */
  state(): Uint8Array {
    const to = new ByteWriter().number(0);
    this.#state.write(to);
    return to.take();
  }

  event(event: WireEvent, { seq, prev }: Place): Uint8Array {
    const state = this.#state;
    const { privilege, headers, values } = runsOf(linesOf(event));
    const form = { event: event.name, privilege, headers };
    const known = this.#shapes.get(shapeKey(form));
    const isNext = seq === state.seq + 1 && prev === state.seq;
    const to = new ByteWriter().number(1 + (isNext ? 0 : 1) + 2 * (known === undefined ? 0 : known + 1));
    if (!isNext) to.number(seq).number(prev);
    const at = Math.round(event.at * 10);
    to.number(zigzag(at - state.at));
    state.seq = seq;
    state.at = at;
    const shape = state.shapes[known ?? -1] ?? this.#define(to, form);
    for (const group of shape.groups) this.#group(to, group, values, event.name);
    return to.take();
  }

  #define(to: ByteWriter, form: Omit<Shape, 'groups'>): Shape {
    const shape = makeShape(form.event, form.privilege, form.headers);
    writeShape(to, shape);
    if (this.#state.shapes.length < MAX_SHAPES) this.#shapes.set(shapeKey(form), this.#state.shapes.length);
    this.#state.learn(shape);
    return shape;
  }

  #group(to: ByteWriter, { memory: name, members }: Group, values: readonly string[], event: string): void {
    const memory = this.#state.memory(name);
    const told = members.map(({ at, name: header }) => [header, values[at] ?? ''] as const);
    const number = this.#slotFor(name, memory, told, event);
    to.number(number);
    const slot = memory.slots[number] ?? new Map(memory.slots[memory.last]);
    memory.slots[number] = slot;
    memory.last = number;
    const changed = told.map(([header, value]) => (slot.get(header) ?? '') !== value);
    for (let at = 0; at < changed.length; at += 28) to.number(bits(changed.slice(at, at + 28)));
    for (const [index, [header, value]] of told.entries()) {
      if (changed[index] !== true) continue;
      writeValue(to, this.#state, slot.get(header) ?? '', value);
      slot.set(header, value);
    }
  }

  /** That of the thing itself, else that of what is gone, else a new one, else the one that was not needed for longest. */
  #slotFor(name: string, memory: Memory, told: readonly (readonly [string, string])[], event: string): number {
    const slots = this.#slots.get(name) ?? new Map<string, number>();
    this.#slots.set(name, slots);
    const key = keyOf(name, told);
    const own = slots.get(key);
    slots.delete(key);
    if (own !== undefined && isEnd(event)) {
      slots.set(`\n${own}`, own);
      return own;
    }
    const number =
      own ?? this.#freeSlot(slots, memory, told, name === 'channel' || name === 'bridge' ? MAX_SLOTS : SLOTS_OF_OTHERS);
    slots.set(key, number);
    return number;
  }

  #freeSlot(
    slots: Map<string, number>,
    memory: Memory,
    told: readonly (readonly [string, string])[],
    limit: number,
  ): number {
    const device = deviceOf(told);
    let free: string | undefined;
    for (const [key, number] of slots) {
      if (!key.startsWith('\n')) continue;
      free = key;
      if (device !== undefined && memory.slots[number]?.get('Channel')?.startsWith(device) === true) break;
    }
    const key = free ?? (memory.slots.length < limit ? undefined : slots.keys().next().value);
    if (key === undefined) return memory.slots.length;
    const number = slots.get(key) ?? memory.slots.length;
    slots.delete(key);
    return number;
  }
}

/** What an event looks like, and what it says: lines of one name that follow each other are one header. */
function runsOf(lines: readonly WireLine[]) {
  const [first, ...others] = lines;
  const privilege = first?.[0] === 'Privilege' ? first[1] : '';
  const runs: { readonly name: string; readonly values: string[] }[] = [];
  for (const [name, value] of privilege === '' ? lines : others) {
    const last = runs.at(-1);
    if (last?.name === name) last.values.push(value);
    else runs.push({ name, values: [value] });
  }
  const headers = runs.map(({ name, values }): ShapeHeader => ({ name, repeated: values.length > 1 }));
  const values = runs.map(({ values }) => (values.length > 1 ? JSON.stringify(values) : (values[0] ?? '')));
  return { privilege, headers, values };
}

/** The channel or bridge is gone after these. */
function isEnd(event: string): boolean {
  return event === 'Hangup' || event === 'BridgeDestroy';
}

function deviceOf(told: readonly (readonly [string, string])[]): string | undefined {
  const channel = told.find(([header]) => header === 'Channel')?.[1];
  return channel?.slice(0, channel.lastIndexOf('-') + 1);
}

function keyOf(memory: string, told: readonly (readonly [string, string])[]): string {
  const keys = memory === 'channel' ? ['Uniqueid'] : memory === 'bridge' ? ['BridgeUniqueid'] : KEYS;
  return told.flatMap(([header, value]) => (keys.includes(header) ? [value] : [])).join('\r');
}

function bits(flags: readonly boolean[]): number {
  return flags.reduce((sum, flag, index) => (flag ? sum + 2 ** index : sum), 0);
}
