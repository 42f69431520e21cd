import type { Frame } from './frame.ts';

const TEXT_FRAME = 0x81;
const BINARY_FRAME = 0x82;
const made = new WeakMap<Frame, Buffer>();

/**
 * The bytes of a message on a WebSocket without extensions (RFC 6455, 5.2), header included. They are the same for every
 * client, so they are made once and written to all.
 */
export function websocketFrame(frame: Frame): Buffer {
  const known = made.get(frame);
  if (known !== undefined) return known;
  const bytes = headerAndRoom(frame.data === undefined ? TEXT_FRAME : BINARY_FRAME, frame.bytes);
  if (frame.data === undefined) bytes.write(frame.text, bytes.length - frame.bytes, 'utf8');
  else bytes.set(frame.data, bytes.length - frame.bytes);
  made.set(frame, bytes);
  return bytes;
}

function headerAndRoom(kind: number, payload: number): Buffer {
  const headerBytes = payload < 126 ? 2 : payload < 0x1_0000 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(headerBytes + payload);
  bytes[0] = kind;
  bytes[1] = headerBytes === 2 ? payload : headerBytes === 4 ? 126 : 127;
  if (headerBytes === 4) bytes.writeUInt16BE(payload, 2);
  if (headerBytes === 10) bytes.writeBigUInt64BE(BigInt(payload), 2);
  return bytes;
}
