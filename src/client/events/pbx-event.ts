import type { WireLine } from '../../gateway/wire/event.ts';
import type { EventMessage } from '../../gateway/wire/protocol.ts';
import type { EventHeaders, EventName } from './known-events.ts';

/** One AMI event as it reached this program, with the times it was seen on its way. All times are ms since the epoch. */
export class PbxEvent<Name extends EventName = string> {
  readonly name: Name;
  readonly headers: EventHeaders<Name>;
  /** The whole AMI message below `Event`, line by line in its order, `Privilege` too; empty where the gateway spoke JSON. */
  readonly lines: readonly WireLine[];
  /** Which PBX it came from. */
  readonly pbx: string;
  readonly seq: number;
  /** When the gateway read it from the PBX, by the gateway's clock. */
  readonly gatewayAtMs: number;
  /** When it arrived here, by this machine's clock. */
  readonly receivedAtMs: number;

  constructor(message: EventMessage & { readonly headers: EventHeaders<Name> }, receivedAtMs: number) {
    this.name = message.name as Name;
    this.headers = message.headers;
    this.lines = message.lines ?? [];
    this.pbx = message.pbx;
    this.seq = message.seq;
    this.gatewayAtMs = message.at;
    this.receivedAtMs = receivedAtMs;
  }

  /** The first value of a header, spelled as on the wire; `undefined` where there is none. */
  get(header: string): string | undefined {
    const headers: object = this.headers;
    if (!Object.hasOwn(headers, header)) return undefined;
    const value: unknown = Reflect.get(headers, header);
    return Array.isArray(value) ? value[0] : String(value);
  }

  /** When the PBX made it, by its clock; only where manager.conf says `timestampevents = yes`. */
  get madeAtMs(): number | undefined {
    const seconds = Number(this.get('Timestamp') ?? Number.NaN);
    return Number.isFinite(seconds) ? seconds * 1000 : undefined;
  }
}
