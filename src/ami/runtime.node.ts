import { isAscii, isUtf8 } from 'node:buffer';
import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { latin1Text } from './latin1.ts';
import { type Platform, PlatformClock } from './platform-clock.ts';
import type { Digest, Random, Runtime, ScryptParameters, TextCoding } from './runtime.ts';

/**
 * The platform of Node: real time, OpenSSL's digests.
 * @param parts what to put in its place: a clock moved by hand, chance from a seed
 */
export function nodeRuntime(parts: Partial<Runtime> = {}): Runtime {
  return {
    clock: parts.clock ?? new PlatformClock(platform),
    random: parts.random ?? random,
    digest: parts.digest ?? digest,
    text: parts.text ?? text,
  };
}

const platform: Platform = {
  now: () => performance.timeOrigin + performance.now(),
  wake(delayMs, callback) {
    if (delayMs === 0) {
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    }
    const timeout = setTimeout(callback, Math.min(delayMs, LONGEST_TIMEOUT_MS));
    return () => clearTimeout(timeout);
  },
};

/** Node takes a longer one for 1 ms. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

const random: Random = { next: Math.random };

const digest: Digest = {
  md5: (input) => createHash('md5').update(input, 'utf8').digest('hex'),
  hmacSha256: (key, input) => new Uint8Array(createHmac('sha256', key).update(input, 'utf8').digest()),
  scrypt: (secret, salt, parameters) =>
    new Promise((resolve, reject) => {
      scrypt(secret, salt, parameters.keyBytes, scryptOptions(parameters), (error, key) => {
        if (error === null) resolve(new Uint8Array(key));
        else reject(error);
      });
    }),
  secureRandomBytes: (length) => new Uint8Array(randomBytes(length)),
  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
};

function scryptOptions({ cost, blockSize, parallelization }: ScryptParameters) {
  // OpenSSL refuses more than 32 MiB unless told that it is meant.
  return { N: cost, r: blockSize, p: parallelization, maxmem: 128 * blockSize * (cost + parallelization + 2) };
}

const encoder = new TextEncoder();

const text: TextCoding = {
  // Plain arrays, as in a browser: `slice` of a Buffer does not copy.
  encode: (input, encoding = 'utf8') =>
    encoding === 'latin1' ? new Uint8Array(Buffer.from(latin1Text(input), 'latin1')) : encoder.encode(input),
  decode(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (isAscii(bytes)) return { text: buffer.toString('latin1'), encoding: 'utf8' };
    if (isUtf8(bytes)) return { text: buffer.toString('utf8'), encoding: 'utf8' };
    return { text: buffer.toString('latin1'), encoding: 'latin1' };
  },
};
