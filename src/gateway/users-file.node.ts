import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { GatewayError } from './gateway-error.ts';
import { parseUsersFile, type UserRecord, type UsersFile } from './users.ts';

/** @throws GatewayError `GATEWAY_USERS_INVALID`, also where there is no such file */
export async function readUsersFile(path: string): Promise<UsersFile> {
  return parseUsersFile(await read(path), path);
}

/**
 * Puts a user into a users file, in place of one of the same name; makes the file where there is none. Only its owner can read it.
 * @returns whether the name was new
 * @throws GatewayError `GATEWAY_USERS_INVALID`
 */
export async function putUser(path: string, user: UserRecord): Promise<'added' | 'changed'> {
  const file = await readUsersFileOrNone(path);
  const others = file.users.filter(({ name }) => name !== user.name);
  const text = `${JSON.stringify({ ...file, users: [...others, user] }, undefined, 2)}\n`;
  parseUsersFile(text, path);
  await replace(path, text);
  return others.length === file.users.length ? 'added' : 'changed';
}

/** As {@link readUsersFile}; a file that is not there has no users. */
export async function readUsersFileOrNone(path: string): Promise<UsersFile> {
  try {
    return await readUsersFile(path);
  } catch (error) {
    if (error instanceof GatewayError && systemCode(error.cause) === 'ENOENT') return { version: 1, users: [] };
    throw error;
  }
}

/**
 * Takes a user out of a users file. Who is logged in stays so; their tickets are worth nothing once the gateway has read the file.
 * @returns whether there was one
 * @throws GatewayError `GATEWAY_USERS_INVALID`
 */
export async function removeUser(path: string, name: string): Promise<boolean> {
  const file = await readUsersFile(path);
  const users = file.users.filter((user) => user.name !== name);
  if (users.length === file.users.length) return false;
  await replace(path, `${JSON.stringify({ ...file, users }, undefined, 2)}\n`);
  return true;
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const why = systemCode(cause) === 'ENOENT' ? 'there is no such file' : String(systemCode(cause));
    throw new GatewayError('GATEWAY_USERS_INVALID', `Cannot read the users file ${path}: ${why}`, { cause });
  }
}

/** A reader finds the old file or the new one, never half of one. */
async function replace(path: string, text: string): Promise<void> {
  const fresh = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(fresh, text, { mode: 0o600, flag: 'wx' });
    await chmod(fresh, 0o600);
    await rename(fresh, path);
  } catch (cause) {
    await unlink(fresh).catch(() => {});
    throw new GatewayError('GATEWAY_USERS_INVALID', `Cannot write the users file ${path}: ${systemCode(cause)}`, {
      cause,
    });
  }
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
