import type { BusItem } from './bus.ts';
import type { DecodedMessage } from './decode-json.ts';
import type { LegacyAction, LegacyRequest, Logoff } from './decode-xml.ts';
import type { Frame } from './frame.ts';
import type { WireEvent, WireHeaders } from './wire/event.ts';
import type { ProtocolError, Reply, Snapshot, Welcome } from './wire/protocol.ts';

export type Incoming = DecodedMessage | LegacyAction | LegacyRequest | Logoff;

/** A reply, and the last row of its list, which only some dialects tell. */
export type OutgoingReply = Reply & { readonly complete?: { readonly name: string; readonly headers: WireHeaders } };

/** What is for one browser only. */
export type PrivateMessage = Welcome | OutgoingReply | ProtocolError;

/** How one browser speaks with the gateway: which one is chosen by the WebSocket subprotocol. */
export interface Dialect {
  /** Tells dialects apart in what is kept for their clients. */
  readonly key: string;
  /** Its clients wait for no snapshot, and are answered, not closed, where they act before they log in. */
  readonly isLegacy: boolean;
  /** @throws GatewayError `GATEWAY_MESSAGE_TOO_LONG`, `GATEWAY_BAD_MESSAGE`, `GATEWAY_FORBIDDEN` */
  read(text: string): Incoming;
  /** The `id` of a command that could not be read. */
  idOf(text: string): number | undefined;
  write(message: PrivateMessage): readonly Frame[];
  /** How it is spoken with a browser that follows several PBXs, where that makes a difference. */
  readonly severally?: Dialect;
  /** Tells that what follows in binary is about another PBX of the session. @param index of it in the welcome */
  turnTo?(index: number): Frame;
  /**
   * What makes the messages that all clients of a view share.
   * @param lineage a name that nothing else has
   */
  stream(pbx: string, lineage: string): StreamEncoder;
}

/** Encodes the stream of one PBX for the clients of one view. */
export interface StreamEncoder {
  /** The dialect's key. */
  readonly dialect: string;
  /** Of an encoder whose messages build on those before: who names it has seen them. `undefined`: each stands for itself. */
  readonly lineage: string | undefined;
  /**
   * @param event what the view lets see of it, where it is an event
   * @param prev the `seq` of the message before it that clients with this view got
   */
  item(item: BusItem, event: WireEvent | undefined, prev: number): readonly Frame[];
  snapshot(message: Snapshot): readonly Frame[];
  /** What a client needs to know to read on from here; nothing where each message stands for itself. */
  knowledge(): readonly Frame[];
  /** One that starts with no knowledge, for what is encoded for one client only. */
  fresh(): StreamEncoder;
}
