import type { Digest } from '../../ami/runtime.ts';

/** What a client gives as proof of who it is, in its `Authorization` header. */
export interface DigestProof {
  readonly username: string;
  readonly nonce: string;
  /** As the client says it; that it is the request's own is not looked at. */
  readonly uri: string;
  readonly response: string;
  readonly cnonce: string;
  /** How often it used the nonce, 8 hex digits; '' where it does not count (RFC 2069). */
  readonly nc: string;
  /** It proves as RFC 2617 says. */
  readonly qop: boolean;
}

/**
 * Reads an `Authorization` header; `undefined` where it is no proof by digest that could hold.
 * Source: `ast_parse_digest`, main/utils.c: realm and nonce must be there, the algorithm is MD5, the `qop` is `auth` and then counts.
 */
export function parseDigest(header: string): DigestProof | undefined {
  const [, list] = /^\s*Digest (.*)$/is.exec(header) ?? [];
  if (list === undefined) return undefined;
  const values = new Map<string, string>();
  for (const [, name = '', quoted, token] of list.matchAll(/([^\s=,]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,"]*))/g))
    values.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? token ?? '');
  const of = (name: string): string => values.get(name) ?? '';
  const [algorithm, qop] = [values.get('algorithm'), values.get('qop')];
  const isKnown = (algorithm ?? 'MD5').toUpperCase() === 'MD5' && (qop ?? 'auth').toLowerCase() === 'auth';
  const isWhole = ['realm', 'nonce', 'username', 'uri', 'response'].every((name) => of(name) !== '');
  const counts = qop === undefined || (of('cnonce') !== '' && /^[0-9a-f]+$/i.test(of('nc')));
  if (!isKnown || !isWhole || !counts) return undefined;
  return {
    username: of('username'),
    nonce: of('nonce'),
    uri: of('uri'),
    response: of('response'),
    cnonce: of('cnonce'),
    nc: of('nc'),
    qop: qop !== undefined,
  };
}

/** The proof of who knows the secret. Source: `auth_http_callback`, main/manager.c. */
export function expectedResponse(
  { nonce, nc, cnonce, uri, qop }: Omit<DigestProof, 'username' | 'response'>,
  by: { readonly user: string; readonly realm: string; readonly secret: string; readonly method: string },
  digest: Pick<Digest, 'md5'>,
): string {
  const who = digest.md5(`${by.user}:${by.realm}:${by.secret}`);
  const what = digest.md5(`${by.method}:${uri}`);
  return digest.md5(qop ? `${who}:${nonce}:${nc}:${cnonce}:auth:${what}` : `${who}:${nonce}:${what}`);
}
