import { hmac } from '@noble/hashes/hmac.js';
import { md5 } from '@noble/hashes/legacy.js';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { latin1Text } from './latin1.ts';
import { type Platform, PlatformClock } from './platform-clock.ts';
import type { Digest, Random, Runtime, TextCoding } from './runtime.ts';

/**
 * The platform of a browser tab: real time, digests in JavaScript.
 * @param parts what to put in its place: a clock moved by hand, chance from a seed
 */
export function browserRuntime(parts: Partial<Runtime> = {}): Runtime {
  return {
    clock: parts.clock ?? new PlatformClock(browserPlatform()),
    random: parts.random ?? random,
    digest: parts.digest ?? digest,
    text: parts.text ?? text,
  };
}

/** Browsers make nested timeouts wait 4 ms, and those of a hidden tab a second; messages to oneself come at once. */
function browserPlatform(): Platform {
  const { port1, port2 } = new MessageChannel();
  const soon = new Map<number, () => void>();
  let last = 0;
  port1.onmessage = ({ data }) => {
    const callback = soon.get(data);
    soon.delete(data);
    callback?.();
  };
  return {
    now: () => performance.timeOrigin + performance.now(),
    wake(delayMs, callback) {
      if (delayMs > 0) {
        const timeout = setTimeout(callback, Math.min(delayMs, LONGEST_TIMEOUT_MS));
        return () => clearTimeout(timeout);
      }
      const id = ++last;
      soon.set(id, callback);
      port2.postMessage(id);
      return () => soon.delete(id);
    },
  };
}

/** A longer one fires at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

const random: Random = { next: Math.random };

const digest: Digest = {
  md5: (input) => bytesToHex(md5(utf8ToBytes(input))),
  hmacSha256: (key, input) => hmac(sha256, key, utf8ToBytes(input)),
  scrypt: (secret, salt, { cost, blockSize, parallelization, keyBytes }) =>
    scryptAsync(secret, salt, { N: cost, r: blockSize, p: parallelization, dkLen: keyBytes }),
  secureRandomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  equal(a, b) {
    if (a.length !== b.length) return false;
    let difference = 0;
    for (const [at, byte] of a.entries()) difference |= byte ^ (b[at] ?? 0);
    return difference === 0;
  },
};

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const text: TextCoding = {
  encode: (input, encoding = 'utf8') =>
    encoding === 'latin1'
      ? Uint8Array.from(latin1Text(input), (letter) => letter.charCodeAt(0))
      : encoder.encode(input),
  decode(bytes) {
    try {
      return { text: decoder.decode(bytes), encoding: 'utf8' };
    } catch {
      return { text: fromLatin1(bytes), encoding: 'latin1' };
    }
  },
};

/** Not by TextDecoder: its `latin1` is windows-1252. */
function fromLatin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
