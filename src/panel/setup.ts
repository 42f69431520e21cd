import type { Credentials } from '../client/credentials.ts';

/** Everything a page needs to start: where the gateway is, who logs in, and the phones where they are simulated. */
export interface Setup {
  readonly title?: string | undefined;
  readonly gateway: { readonly url: string; readonly credentials: Credentials };
  readonly phones?: { readonly url: string; readonly token?: string | undefined } | undefined;
  /** Names of extensions. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** The extension that the person at the panel calls from. */
  readonly operator?: string | undefined;
}

/** `demo.json`, served beside the page; URLs may be relative to it. Version 1. */
export interface DemoFile {
  readonly version: 1;
  readonly title?: string;
  readonly gateway: {
    readonly url: string;
    readonly user?: string;
    readonly secret?: string;
    readonly ticket?: string;
    readonly token?: string;
  };
  readonly phones?: { readonly url: string; readonly token?: string };
  readonly names?: Readonly<Record<string, string>>;
  readonly operator?: string;
}

/** The setup that the server offers; `undefined` where it offers none, and a person must log in. */
export async function fetchSetup(pageUrl: string, fetchFile: typeof fetch = fetch): Promise<Setup | undefined> {
  const response = await fetchFile(new URL('demo.json', pageUrl), { cache: 'no-store' });
  if (!response.ok || !response.headers.get('Content-Type')?.includes('json')) return undefined;
  return setupOf((await response.json()) as DemoFile, pageUrl);
}

export function setupOf(file: DemoFile, pageUrl: string): Setup {
  const { gateway, phones, title, names, operator } = file;
  return {
    title,
    names,
    operator,
    gateway: { url: webSocketUrl(gateway.url, pageUrl), credentials: credentialsOf(gateway) },
    phones: phones && { url: webSocketUrl(phones.url, pageUrl), token: phones.token },
  };
}

/** The `ws:` form of a URL that may be relative, or `http:`. */
export function webSocketUrl(url: string, pageUrl: string): string {
  const absolute = new URL(url, pageUrl);
  absolute.protocol = absolute.protocol.replace(/^http/, 'ws');
  absolute.hash = '';
  return absolute.href;
}

function credentialsOf({ user, secret, ticket, token }: DemoFile['gateway']): Credentials {
  if (ticket !== undefined) return { ticket };
  if (token !== undefined) return { token };
  return { user: user ?? '', secret: secret ?? '' };
}
