import type { Header } from '../../ami/message.ts';

/** A request for AMI over HTTP, as far as AJAM looks at it. */
export interface AjamRequest {
  /** `GET`, `POST`, `HEAD` ... */
  readonly method: string;
  /** Path and query, as in the request line. */
  readonly target: string;
  /** The `Cookie` header; '' where there is none. */
  readonly cookie: string;
  /** Form data, as sent; '' where there is none. */
  readonly body: string;
  /** The client asked for `Connection: close`. */
  readonly close: boolean;
}

/**
 * The action that a request carries, header by header in its order: of a POST only the body counts, else only the query.
 * Source: recording `ajam-rawman-basic` ("POST query in URL" is answered `Missing action in request`).
 */
export function requestedAction({ method, target, body }: AjamRequest): readonly Header[] {
  const form = method === 'POST' ? body : (target.split('?', 2)[1] ?? '');
  return form
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): Header => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, equals)), decoded(pair.slice(equals + 1))];
    });
}

/** Id of the manager session that the request's cookie names: 8 hex digits; `undefined` where it names none. */
export function sessionIdOf({ cookie }: AjamRequest): string | undefined {
  return /(?:^|[;\s])mansession_id="?([0-9a-f]{8})"?/i.exec(cookie)?.[1]?.toLowerCase();
}

/** What can't be decoded stays as it is. */
function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
