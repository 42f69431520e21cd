import type { CallerId } from './caller-id.ts';

/** A setting as it was written, in order. */
export type Setting = readonly [name: string, value: string];

export interface PjsipEndpoint {
  readonly name: string;
  readonly context: string;
  /** Empty where calls show whom the SIP message names. */
  readonly callerId: CallerId;
  readonly aors: readonly string[];
  /** Name of the auth that calls must know; empty: none. */
  readonly auth: string;
  readonly outboundAuth: string;
  readonly transport: string;
  /** Groups 0 to 63. */
  readonly callGroup: readonly number[];
  readonly pickupGroup: readonly number[];
  readonly namedCallGroup: readonly string[];
  readonly namedPickupGroup: readonly string[];
  readonly mailboxes: readonly string[];
  readonly accountCode: string;
  /** Music class that it asks for when it holds; empty: none. */
  readonly mohSuggest: string;
  readonly mohPassthrough: boolean;
  readonly dtmfMode: string;
  /** With that many channels its device is busy; 0: never. */
  readonly deviceStateBusyAt: number;
  readonly language: string;
  readonly toneZone: string;
  readonly setVar: readonly Setting[];
  /** Codecs in order of preference. */
  readonly allow: readonly string[];
  readonly identifyBy: readonly string[];
  readonly directMedia: boolean;
  readonly rtpSymmetric: boolean;
  readonly inbandProgress: boolean;
  readonly subscribeContext: string;
  readonly messageContext: string;
  readonly allowSubscribe: boolean;
  readonly allowTransfer: boolean;
  readonly trustIdInbound: boolean;
  /** Phones hear when somebody else takes the other party's place: `send_connected_line`, with `send_pai` or `send_rpid`. */
  readonly tellsConnectedLine: boolean;
  readonly fromUser: string;
  readonly fromDomain: string;
  readonly recordOnFeature: string;
  readonly recordOffFeature: string;
  /** All that was configured, inherited settings first. */
  readonly settings: readonly Setting[];
}

export interface PjsipAuth {
  readonly name: string;
  readonly authType: string;
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  readonly settings: readonly Setting[];
}

export interface PjsipAor {
  readonly name: string;
  /** 0: nobody can register. */
  readonly maxContacts: number;
  readonly removeExisting: boolean;
  readonly removeUnavailable: boolean;
  /** 0: contacts are never asked whether they are there. */
  readonly qualifyFrequencyS: number;
  readonly qualifyTimeoutS: number;
  readonly minimumExpirationS: number;
  readonly maximumExpirationS: number;
  readonly defaultExpirationS: number;
  /** URIs that are there without a registration. */
  readonly contacts: readonly string[];
  readonly mailboxes: readonly string[];
  readonly settings: readonly Setting[];
}

export interface PjsipIdentify {
  readonly name: string;
  readonly endpoint: string;
  /** Addresses and networks. */
  readonly match: readonly string[];
  readonly matchHeader: string;
  readonly settings: readonly Setting[];
}

export interface PjsipRegistration {
  readonly name: string;
  readonly serverUri: string;
  readonly clientUri: string;
  readonly outboundAuth: string;
  readonly transport: string;
  readonly expirationS: number;
  readonly retryIntervalS: number;
  readonly settings: readonly Setting[];
}

export interface PjsipTransport {
  readonly name: string;
  readonly protocol: string;
  /** `address:port`; the port may be absent. */
  readonly bind: string;
  readonly settings: readonly Setting[];
}

export interface PjsipConf {
  readonly endpoints: ReadonlyMap<string, PjsipEndpoint>;
  readonly auths: ReadonlyMap<string, PjsipAuth>;
  readonly aors: ReadonlyMap<string, PjsipAor>;
  readonly identifies: ReadonlyMap<string, PjsipIdentify>;
  readonly registrations: ReadonlyMap<string, PjsipRegistration>;
  readonly transports: ReadonlyMap<string, PjsipTransport>;
  readonly userAgent: string;
}
