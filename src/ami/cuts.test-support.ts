import { expect, vi } from 'vitest';
import type { Frame, Framer } from './framer.ts';
import { SeededRandom } from './seeded-random.ts';

/** A frame as tests write it: one character a byte. */
export interface ExpectedFrame {
  readonly rows: readonly string[];
  readonly problem?: string;
}

export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** Pushes the input whole, byte by byte, cut at every place, and cut at seeded random places; each time the same frames are expected. */
export function expectFramesHoweverCut(open: () => Framer, input: string, expected: readonly ExpectedFrame[]): void {
  const bytes = latin1(input);
  expect(frames(open(), [bytes])).toEqual(expected);
  expect(frames(open(), pieces(bytes, everyByte(bytes)))).toEqual(expected);
  for (const cut of everyByte(bytes)) expectSame(open, pieces(bytes, [cut]), expected, `cut at ${cut}`);
  for (let seed = 1; seed <= 20; seed++) {
    expectSame(open, pieces(bytes, randomCuts(bytes.length, seed)), expected, `cut by seed ${seed}`);
  }
}

/** Places to cut at, some 4 KiB apart at most. */
export function randomCuts(length: number, seed: number): number[] {
  const random = new SeededRandom(seed);
  const longest = 2 ** (1 + Math.floor(random.next() * 12));
  const cuts: number[] = [];
  for (let at = 0; at < length; at += 1 + Math.floor(random.next() * longest)) cuts.push(at);
  return cuts;
}

export function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  return [...cuts, bytes.length].map((cut, index) => bytes.slice(cuts[index - 1] ?? 0, cut));
}

export function frames(framer: Framer, chunks: readonly Uint8Array[]): ExpectedFrame[] {
  return chunks.flatMap((chunk) => framer.push(chunk)).map(shown);
}

/** Pushes the input byte by byte, and counts how often a byte was looked at and how many were copied. */
export function workByteByByte(framer: Framer, input: Uint8Array) {
  const sets = vi.spyOn(Uint8Array.prototype, 'set');
  const searches = vi.spyOn(Uint8Array.prototype, 'indexOf');
  let reads = 0;
  let frames = 0;
  for (const byte of input) {
    const chunk = new Proxy(Uint8Array.of(byte), {
      get(target, key) {
        if (key === Symbol.iterator || (typeof key === 'string' && /^\d+$/.test(key))) reads += 1;
        const value = Reflect.get(target, key, target);
        return typeof value === 'function' && key !== 'constructor' ? value.bind(target) : value;
      },
    });
    frames += framer.push(chunk).length;
  }
  for (const [index, [, from = 0]] of searches.mock.calls.entries()) {
    reads += ((searches.mock.contexts[index] as Uint8Array | undefined)?.length ?? 0) - from;
  }
  const copied = sets.mock.calls.reduce((sum, [source]) => sum + source.length, 0);
  return { frames, reads, copied };
}

function everyByte(bytes: Uint8Array): number[] {
  return Array.from(bytes.keys());
}

/** Quicker than `expect` for the thousands of equal ones. */
function expectSame(
  open: () => Framer,
  chunks: readonly Uint8Array[],
  expected: readonly ExpectedFrame[],
  how: string,
): void {
  const got = frames(open(), chunks);
  if (JSON.stringify(got) !== JSON.stringify(expected)) expect(got, how).toEqual(expected);
}

function shown({ bytes, problem }: Frame): ExpectedFrame {
  const rows = Buffer.from(bytes).toString('latin1').split('\r\n');
  // The last row has its line end, or is none.
  expect(rows.pop()).toBe('');
  return problem === undefined ? { rows } : { rows, problem };
}
