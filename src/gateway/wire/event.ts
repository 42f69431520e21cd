/** Headers as on the wire; repeated ones as arrays, in order. */
export type WireHeaders = Readonly<Record<string, string | readonly string[]>>;

/** One AMI event as browsers get it: what {@link reduce} reads on both sides. */
export interface WireEvent {
  /** The event's name, as on the wire. */
  readonly name: string;
  /** When the gateway read it, ms since the epoch. */
  readonly at: number;
  readonly headers: WireHeaders;
}

/** Value of a header, the first one where it is repeated; '' where there is none. */
export function header(event: WireEvent, name: string): string {
  const value = Object.hasOwn(event.headers, name) ? event.headers[name] : undefined;
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}

/** A header that counts something; 0 where it is absent or no number. */
export function count(event: WireEvent, name: string): number {
  const value = Number(header(event, name));
  return Number.isFinite(value) ? value : 0;
}
