import { type ByteReader, type ByteWriter, CompactError, toUtf8 } from './compact-bytes.ts';
import type { CompactState } from './compact-state.ts';

/** How a value is told; the two low bits of its first number. */
const LITERAL = 0;
const NAMED = 1;
const COUNTED = 2;
const SPLICED = 3;

/** A whole number as AMI prints it: it is the same again after reading and printing. */
const WHOLE = /^(?:0|[1-9]\d{0,11})$/;

/** Writes `value` in the shortest of the four ways. */
export function writeValue(to: ByteWriter, state: CompactState, before: string, value: string): void {
  const utf8 = toUtf8(value);
  const literalBytes = sizeOf(utf8.length * 4) + utf8.length;
  const name = state.numberOf(value);
  const namedBytes = name === undefined ? Number.POSITIVE_INFINITY : sizeOf(name * 4);
  const step = WHOLE.test(before) && WHOLE.test(value) ? zigzag(Number(value) - Number(before)) : undefined;
  const countedBytes = step === undefined ? Number.POSITIVE_INFINITY : sizeOf(step * 4);
  const least = Math.min(literalBytes, namedBytes, countedBytes);
  if (step !== undefined && countedBytes === least) {
    to.number(step * 4 + COUNTED);
    return;
  }
  if (name !== undefined && namedBytes === least) {
    to.number(name * 4 + NAMED);
    return;
  }
  const [head, tail] = common(before, value);
  const middle = toUtf8(value.slice(head, value.length - tail));
  if (sizeOf(middle.length * 4) + sizeOf(head) + sizeOf(tail) + middle.length < literalBytes)
    to.number(middle.length * 4 + SPLICED)
      .number(head)
      .number(tail)
      .bytes(middle);
  else to.number(utf8.length * 4 + LITERAL).bytes(utf8);
  state.remember(value);
}

/** @throws CompactError */
export function readValue(from: ByteReader, state: CompactState, before: string): string {
  const first = from.number();
  const [way, rest] = [first % 4, Math.floor(first / 4)];
  if (way === NAMED) return state.textOf(rest);
  if (way === COUNTED) return counted(before, rest);
  const value = way === LITERAL ? from.text(rest) : spliced(from, before, rest);
  state.remember(value);
  return value;
}

function counted(before: string, step: number): string {
  if (!WHOLE.test(before)) throw new CompactError('A step is told from what is no number');
  const value = Number(before) + unzigzag(step);
  if (!WHOLE.test(String(value))) throw new CompactError('A step leads to what is no number');
  return String(value);
}

function spliced(from: ByteReader, before: string, length: number): string {
  const [head, tail] = [from.number(), from.number()];
  if (head + tail > before.length) throw new CompactError('More is kept of a value than there was');
  return before.slice(0, head) + from.text(length) + before.slice(before.length - tail);
}

/** How much of both is alike at the start and, of what is left, at the end. */
function common(before: string, value: string): readonly [head: number, tail: number] {
  const most = Math.min(before.length, value.length);
  let [head, tail] = [0, 0];
  while (head < most && before[head] === value[head]) head += 1;
  while (tail < most - head && before[before.length - 1 - tail] === value[value.length - 1 - tail]) tail += 1;
  return [head, tail];
}

export function zigzag(step: number): number {
  return step < 0 ? -step * 2 - 1 : step * 2;
}

export function unzigzag(number: number): number {
  return number % 2 === 1 ? -(number + 1) / 2 : number / 2;
}

function sizeOf(number: number): number {
  let [bytes, rest] = [1, number];
  while (rest >= 0x80) {
    bytes += 1;
    rest = Math.floor(rest / 0x80);
  }
  return bytes;
}
