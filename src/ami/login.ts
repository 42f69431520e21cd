import { AmiError } from './ami-error.ts';
import type { AmiMessage, Header } from './message.ts';
import type { Digest } from './runtime.ts';

/** Asterisk's answer to every action while it stops; it says nothing about the credentials. */
const SHUTTING_DOWN = 'Asterisk is shutting down';

export interface Credentials {
  readonly username: string;
  readonly secret: string;
  /** `md5` (by default) answers a challenge; `plain` sends the secret itself. */
  readonly method?: 'md5' | 'plain';
  /** Event mask for this session: `on`, `off`, `call,hud` ...; by default `on`, as Asterisk has it. */
  readonly events?: string;
}

/** Headers of the Login action. @param challenge what Asterisk answered to Challenge; absent for a plain login */
export function loginHeaders(credentials: Credentials, digest: Digest, challenge?: string): Header[] {
  const { username, secret, events } = credentials;
  const mask: Header[] = events === undefined ? [] : [['Events', events]];
  if (challenge === undefined) return [['Username', username], ['Secret', secret], ...mask];
  return [['AuthType', 'MD5'], ['Username', username], ['Key', digest.md5(challenge + secret)], ...mask];
}

/** Why Asterisk did not let the user in, from its response. */
export function refusal(username: string, response: AmiMessage): AmiError {
  const message = response.get('Message') ?? '';
  if (message === SHUTTING_DOWN) return new AmiError('AMI_LINK_LOST', SHUTTING_DOWN);
  return new AmiError('AMI_LOGIN_REFUSED', `Asterisk refused to log in ${JSON.stringify(username)}: ${message}`);
}
