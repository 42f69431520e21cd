import { ByteReader, ByteWriter, CompactError } from './compact-bytes.ts';

/** Greater than any head of an event: there are not so many shapes. */
const FIRST_TURN = 4096;

/** The message by which a session that follows several PBXs is told whose binary messages come next. @param index in the welcome's list */
export function writeTurn(index: number): Uint8Array {
  return new ByteWriter().number(FIRST_TURN + index).take();
}

/** The index that it tells; `undefined` where the message is another. */
export function readTurn(bytes: Uint8Array): number | undefined {
  if (bytes.length > 3) return undefined;
  try {
    const from = new ByteReader(bytes);
    const head = from.number();
    return head >= FIRST_TURN && from.left === 0 ? head - FIRST_TURN : undefined;
  } catch (error) {
    if (error instanceof CompactError) return undefined;
    throw error;
  }
}
