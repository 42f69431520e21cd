import { z } from 'zod';
import type { Digest } from '../ami/runtime.ts';
import { GatewayError } from './gateway-error.ts';
import { BUILT_IN_ROLES, type Role, rolesSchema } from './roles.ts';
import { isSecret, isSecretHash } from './secret-hash.ts';
import type { TokenClaims } from './token-verifier.ts';

/** Somebody who is logged in, and what they may. */
export interface User {
  readonly name: string;
  readonly role: Role;
  /** The user's own number in the dialplan, to which a role can be bound. */
  readonly extension?: string;
  /** The PBX whose number that is, where there are several; the first where nothing is said. */
  readonly pbx?: string;
  /** Names of the PBXs that a token lets them see, of those that the role does; all of these where nothing is said. */
  readonly pbxs?: readonly string[];
}

/** One user of a users file. */
export interface UserRecord {
  readonly name: string;
  /** As `hashSecret` gives it. */
  readonly secret: string;
  readonly role: string;
  readonly extension?: string | undefined;
  /** The PBX whose number that is, where there are several; the first where nothing is said. */
  readonly pbx?: string | undefined;
}

/** What stands in a users file: JSON, version 1. */
export interface UsersFile {
  readonly version: 1;
  readonly roles?: Readonly<Record<string, Role>> | undefined;
  readonly users: readonly UserRecord[];
}

/** Names of users: no spaces, nothing that is not seen. */
export const USER_NAME_FORM = /^[^\s\p{C}]{1,64}$/u;
export const EXTENSION_FORM = /^[0-9A-Za-z_*#+.-]{1,64}$/;

const userSchema = z.strictObject({
  name: z.string().regex(USER_NAME_FORM, 'must be 1 to 64 characters without spaces'),
  secret: z.string().refine(isSecretHash, 'is not what "asterclick user add" writes'),
  role: z.string(),
  extension: z.string().regex(EXTENSION_FORM, 'must be a number of the dialplan').optional(),
  pbx: z.string().optional(),
});

const usersFileSchema = z.strictObject({
  version: z.literal(1),
  roles: rolesSchema.optional(),
  users: z.array(userSchema),
});

/**
 * Reads the text of a users file.
 * @param where its name, for the error
 * @throws GatewayError `GATEWAY_USERS_INVALID`, naming the place and what would be right
 */
export function parseUsersFile(text: string, where: string): UsersFile {
  const result = usersFileSchema.safeParse(parseJson(text, where));
  if (!result.success) {
    const issue = result.error.issues[0];
    throw invalid(`${where}: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  checkMeaning(result.data, where);
  return result.data;
}

/** The users that may log in with a secret. */
export class Users {
  readonly #digest: Digest;
  readonly #records: ReadonlyMap<string, UserRecord>;
  readonly #roles: ReadonlyMap<string, Role>;
  /** Checked where there is no such user, so that the time of a refusal does not tell who exists. */
  readonly #decoy: string;

  constructor(file: UsersFile, digest: Digest) {
    this.#digest = digest;
    this.#records = new Map(file.users.map((user) => [user.name, user]));
    this.#roles = rolesOf(file);
    this.#decoy = file.users[0]?.secret ?? '';
  }

  /** The user, if the secret is theirs. */
  async verify(name: string, secret: string): Promise<User | undefined> {
    const record = this.#records.get(name);
    const good = await isSecret(secret, record?.secret ?? this.#decoy, this.#digest);
    return good && record !== undefined ? this.#user(record) : undefined;
  }

  /** The user of that name as of now, without a proof. */
  find(name: string): User | undefined {
    const record = this.#records.get(name);
    return record && this.#user(record);
  }

  /** A user whom somebody else vouches for: with the first of those roles that is known here; `undefined` where none is. */
  vouchedFor({ user: name, roles, extension, pbxs }: Omit<TokenClaims, 'expiresMs'>): User | undefined {
    const known = roles.find((each) => this.#roles.has(each));
    if (known === undefined) return undefined;
    const user = this.#user({ name, secret: '', role: known, extension, pbx: pbxs?.[0] });
    return user && { ...user, ...(pbxs !== undefined && { pbxs }) };
  }

  /** Changes with the user's secret: what was issued under the old one is worth nothing under the new. */
  stamp(name: string): string {
    return this.#records.get(name)?.secret ?? '';
  }

  #user({ name, role: roleName, extension, pbx }: UserRecord): User | undefined {
    const role = this.#roles.get(roleName);
    return role && { name, role, ...(extension !== undefined && { extension }), ...(pbx !== undefined && { pbx }) };
  }
}

/** The roles that users of that file can have, by name: those it defines, and those that are there anyway. */
export function rolesOf(file: UsersFile): ReadonlyMap<string, Role> {
  return new Map([...Object.entries(BUILT_IN_ROLES), ...Object.entries(file.roles ?? {})]);
}

function checkMeaning(file: UsersFile, where: string): void {
  const roles = rolesOf(file);
  const seen = new Set<string>();
  for (const { name, role } of file.users) {
    if (seen.has(name)) throw invalid(`${where}: user "${name}" is there twice`);
    seen.add(name);
    if (!roles.has(role))
      throw invalid(
        `${where}: user "${name}" has the unknown role "${role}"; there are ${[...roles.keys()].join(', ')}`,
      );
  }
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new GatewayError(
      'GATEWAY_USERS_INVALID',
      `${where} is no JSON: ${error instanceof Error ? error.message : ''}`,
      {
        cause: error,
      },
    );
  }
}

function invalid(message: string): GatewayError {
  return new GatewayError('GATEWAY_USERS_INVALID', message);
}
