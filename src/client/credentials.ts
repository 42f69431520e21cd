import type { Hello } from '../gateway/wire/protocol.ts';

/** One way to log in: a user of the gateway, a signed token from the operator's own login, or a ticket of an earlier session. */
export type Credentials =
  | { readonly user: string; readonly secret: string }
  | { readonly token: string }
  | { readonly ticket: string };

/** Asked anew for every login that needs them, so that a token can be fresh. */
export type CredentialSource = Credentials | (() => Credentials | Promise<Credentials>);

export async function readCredentials(source: CredentialSource): Promise<Credentials> {
  return typeof source === 'function' ? source() : source;
}

export function helloFor(credentials: Credentials): Hello {
  return { type: 'hello', ...credentials };
}
