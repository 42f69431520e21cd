import type { Digest, ScryptParameters } from '../ami/runtime.ts';
import { fromHex, toHex } from './hex.ts';

/** What hashing one secret costs: some 50 ms and 32 MiB. */
export const SECRET_COST: ScryptParameters = { cost: 2 ** 15, blockSize: 8, parallelization: 1, keyBytes: 32 };
const SALT_BYTES = 16;
/** Bounds what a users file can make the gateway spend on one login. */
const MAX_COST = 2 ** 20;
const FORM = /^scrypt:(\d{1,7}):(\d{1,2}):(\d{1,2}):([0-9a-f]{16,128}):([0-9a-f]{32,128})$/;

interface SecretHash {
  readonly parameters: ScryptParameters;
  readonly salt: Uint8Array;
  readonly key: Uint8Array;
}

/** A secret as the users file keeps it: `scrypt:COST:BLOCKSIZE:PARALLELIZATION:SALT:KEY`, the last two in hex. */
export async function hashSecret(secret: string, digest: Digest, parameters = SECRET_COST): Promise<string> {
  const salt = digest.secureRandomBytes(SALT_BYTES);
  const key = await digest.scrypt(secret.normalize('NFC'), salt, parameters);
  const { cost, blockSize, parallelization } = parameters;
  return ['scrypt', cost, blockSize, parallelization, toHex(salt), toHex(key)].join(':');
}

/** True where `text` is what {@link hashSecret} gives, at a cost that is no attack. */
export function isSecretHash(text: string): boolean {
  return parse(text) !== undefined;
}

/** Whether that secret was hashed; in a time that tells nothing about either. */
export async function isSecret(secret: string, hash: string, digest: Digest): Promise<boolean> {
  const parsed = parse(hash);
  if (parsed === undefined) return false;
  const key = await digest.scrypt(secret.normalize('NFC'), parsed.salt, parsed.parameters);
  return digest.equal(key, parsed.key);
}

function parse(text: string): SecretHash | undefined {
  const [, cost, blockSize, parallelization, saltHex = '', keyHex = ''] = FORM.exec(text) ?? [];
  const salt = fromHex(saltHex);
  const key = fromHex(keyHex);
  if (cost === undefined || salt === undefined || key === undefined) return undefined;
  const parameters = {
    cost: Number(cost),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
    keyBytes: key.length,
  };
  return fits(parameters) ? { parameters, salt, key } : undefined;
}

function fits({ cost, blockSize, parallelization }: ScryptParameters): boolean {
  const isPowerOfTwo = Number.isInteger(Math.log2(cost));
  return isPowerOfTwo && cost > 1 && cost * blockSize * parallelization <= MAX_COST && blockSize * parallelization > 0;
}
