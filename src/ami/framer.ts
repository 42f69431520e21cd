import type { AmiErrorCode } from './ami-error.ts';

/** The rows of one message as bytes, each ended by CRLF, without the blank line that ends the message. */
export interface Frame {
  /** May be part of a chunk that was pushed: parse it before anybody changes that chunk. */
  readonly bytes: Uint8Array;
  /** Why not all of the message is here; the rows that did fit are. */
  readonly problem?: FrameProblem;
}

export type FrameProblem = Extract<
  AmiErrorCode,
  'AMI_LINE_TOO_LONG' | 'AMI_TOO_MANY_LINES' | 'AMI_MESSAGE_TOO_LONG' | 'AMI_BAD_BANNER'
>;

/**
 * Cuts a stream of bytes into messages: {@link ActionFramer} reads as Asterisk reads, {@link PbxFramer} reads what Asterisk says.
 * The same bytes give the same frames however they are cut into chunks, and no byte is looked at twice. Never throws: where a
 * limit is passed the frame has a `problem`, and reading goes on.
 */
export interface Framer {
  push(chunk: Uint8Array): Frame[];
}

export const LF = 10;
export const CR = 13;
