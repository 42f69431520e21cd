/** Headers as on the wire; repeated ones as arrays, in order. */
export type WireHeaders = Readonly<Record<string, string | readonly string[]>>;

/** One header as it stood on the wire. */
export type WireLine = readonly [name: string, value: string];

/** One AMI event as browsers get it: what {@link reduce} reads on both sides. */
export interface WireEvent {
  /** The event's name, as on the wire. */
  readonly name: string;
  /** When the gateway read it, ms since the epoch. */
  readonly at: number;
  /** Without `Event` and `Privilege`. */
  readonly headers: WireHeaders;
  /** Every header after `Event`, `Privilege` among them, in the order of the wire. The JSON protocol does not carry it. */
  readonly lines?: readonly WireLine[];
}

/** Lines that say what the message is, not what happened. */
const ENVELOPE = new Set(['Event', 'Privilege']);

/** Lines by name, repeated ones as arrays: an object without a prototype, so that no name means anything but itself. */
export function headersOf(lines: readonly WireLine[], without: ReadonlySet<string> = ENVELOPE): WireHeaders {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of lines) {
    if (without.has(name)) continue;
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else if (typeof before === 'string') headers[name] = [before, value];
    else before.push(value);
  }
  return headers;
}

/** The lines of an event, as far as they are known. */
export function linesOf({ lines, headers }: Pick<WireEvent, 'headers' | 'lines'>): readonly WireLine[] {
  return (
    lines ??
    Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value): WireLine => [name, value]))
  );
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
