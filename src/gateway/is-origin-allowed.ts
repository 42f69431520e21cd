/**
 * Whether a page from `origin` may connect: the gateway's own pages always, others as listed (`https://panel.example.org`, or
 * `*` for all). Programs that are no browsers send no origin, and need none: they can't be made to connect by somebody's page.
 * @param host the `Host` that the client asked for
 */
export function isOriginAllowed(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return true;
  const [, originHost] = /^https?:\/\/([^/?#@]+)$/.exec(origin) ?? [];
  return originHost !== undefined && originHost.toLowerCase() === host?.toLowerCase();
}

/**
 * Whether a gateway may be asked for by that name. A name that somebody else has made point here (DNS rebinding) makes their page one
 * of the gateway's own to a browser; nothing comes of that without a secret, but an operator can rule it out.
 * @param allowed names without ports; where there are none, any is good
 */
export function isHostAllowed(host: string | undefined, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  return allowed.some((each) => each.toLowerCase() === name);
}
