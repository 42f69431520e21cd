/**
 * How long what takes, in milliseconds of the PBX's time: the recorded medians, rounded. They put the events of Asterisk's threads in
 * their recorded order; a scenario's own times are far longer. Source: recordings `call-*`, `hold-60-times`, `call-25-times`.
 */
export const LATENCY = {
  /** A phone's INVITE, its challenge and the second INVITE, until the channel is there. */
  invite: 2.0,
  /** A SIP request or response on its way, with its handling. */
  sip: 0.4,
  /** A re-INVITE for hold or resume. */
  reinvite: 1.0,
  /** BYE or CANCEL of a phone until the channel hears of it. */
  bye: 0.9,
  /** A thread that waits for a channel wakes up. */
  wake: 0.2,
  /** From a device's change to its new state being told. */
  deviceState: 0.3,
  /** As much for a half of a Local channel that ended: by then the other one has too. */
  localGone: 1.2,
  /** Making a channel for Dial. */
  request: 0.6,
  /** From the outgoing channel to DialBegin. */
  call: 0.8,
  /** From the answer to the bridge. */
  bridge: 0.5,
  /** A channel enters its bridge. */
  enter: 0.1,
  /** Hold passes through a bridge to the other side. */
  bridgeFrame: 0.4,
  /** From the end of a channel's thread to its Hangup. */
  hangup: 0.6,
  /** As much for half of a Local channel. */
  localHangup: 0.1,
  /** Answer() waits for media. */
  answer: 0.6,
} as const;

/** Where threads race, the recorded outcome. */
export const RACES = {
  /** A leg that failed is gone before the channel that called it, but for 480. Source: both runs of `call-busy`, `call-rejected`, `call-temporarily-unavailable`. */
  failedLegHangup: (cause: number): number => (cause === 19 ? 1.2 : 0.4),
  /**
   * A leg that was given up is gone before the channel that called it, but where its phone has another call. Source: both runs of
   * `call-cancelled-while-ringing`, `extension-state-hints`.
   */
  givenUpLegHangup: (hasOtherCall: boolean): number => (hasOtherCall ? 0.9 : 0.3),
  /**
   * Now and then Dial hears that a phone rings before the phone's own channel is told to: in 7 of 50 recorded rings, of both runs only in the 19th.
   * Source: `call-25-times`.
   */
  ringHeardFirst: (ring: number): boolean => ring % 19 === 0,
  /** From a Dial that failed to the next priority: an answered caller's thread takes longer. Source: `call-busy`, `blind-transfer-to-busy`. */
  afterDial: (callerIsUp: boolean): number => (callerIsUp ? 0.7 : 0.1),
  /**
   * Who hangs up to complete an attended transfer that a manager has begun is there until the bridges are merged; after one begun by keys he
   * has left them. Source: both runs of `ami-atxfer` and of `feature-atxfer-by-dtmf`.
   */
  mergedBeforeLeaving: (begunByManager: boolean): boolean => begunByManager,
  /** Phones called at once ring one after the other. Source: `ring-group`. */
  nextLeg: 0.5,
} as const;
