/**
 * What the isomorphic middle may ask of the platform: time, chance, digests and text coding, given as one object.
 * `runtime.node.ts` and `runtime.browser.ts` make the real ones; `manual-clock.ts` makes time that a test moves.
 */

/** A timer that can be called off. Cancelling twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void;
}

/** The one source of time. */
export interface Clock {
  /** Milliseconds since the Unix epoch; may have fractions. */
  now(): number;
  /** Calls `callback` once, `delayMs` (>= 0) from now; callbacks due at the same time run in the order they were set. */
  setTimer(delayMs: number, callback: () => void): Timer;
}

/** The one source of chance. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

export interface ScryptParameters {
  /** CPU and memory cost, a power of two. */
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly keyBytes: number;
}

export interface Digest {
  /** MD5 of the UTF-8 bytes of `text`, as 32 lower-case hex digits. */
  md5(text: string): string;
  /** HMAC (RFC 2104) with SHA-256 over the UTF-8 bytes of `text`: 32 bytes. */
  hmacSha256(key: Uint8Array, text: string): Uint8Array;
  scrypt(secret: string, salt: Uint8Array, parameters: ScryptParameters): Promise<Uint8Array>;
  /** `length` bytes fit for secrets: never from a seed. */
  secureRandomBytes(length: number): Uint8Array;
  /** Compares in a time that does not tell where the first difference is. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
}

/** How a message's bytes became text: `latin1` only where they are not valid UTF-8, one character a byte. */
export type Encoding = 'utf8' | 'latin1';

export interface TextCoding {
  encode(text: string, encoding?: Encoding): Uint8Array;
  decode(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding };
}

export interface Runtime {
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly text: TextCoding;
}
