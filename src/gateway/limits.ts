/** What one user, one address and one browser may ask of the gateway. */
export interface GatewayLimits {
  /** Connections at once that are logged in as one user. */
  readonly connectionsPerUser: number;
  /** Connections at once from one address, logged in or not. */
  readonly connectionsPerAddress: number;
  /** Messages a second that one browser may go on sending; who sends more is closed. */
  readonly messagesPerSecond: number;
  /** Messages that it may send at once, after it was quiet. */
  readonly messageBurst: number;
  /** Different views of one PBX at once: of roles, own extensions and subscriptions. */
  readonly views: number;
  /** Addresses whose connections and failures count for no one: a reverse proxy stands for all who come through it. */
  readonly uncountedAddresses: readonly string[];
}

export const DEFAULT_LIMITS: GatewayLimits = {
  connectionsPerUser: 50,
  connectionsPerAddress: 200,
  messagesPerSecond: 20,
  messageBurst: 100,
  views: 5_000,
  uncountedAddresses: ['127.0.0.1', '::1', '::ffff:127.0.0.1'],
};

/** Close code of RFC 6455's registry for "try again later"; a client may come back on its own, after a while. */
export const TRY_LATER = 1013;
