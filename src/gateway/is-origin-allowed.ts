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
