/** Counts what happens, for an operator's metrics. Plain numbers: counting must cost nothing where thousands are sent to. */
export class GatewayStats {
  /** Browsers that ever connected. */
  connections = 0;
  /** Messages to browsers, and the bytes of their contents. */
  messagesSent = 0;
  bytesSent = 0;
  messagesReceived = 0;
  /** Logins that were good: those that went on where they were, and those that began with a snapshot. */
  resumed = 0;
  started = 0;
  /** Browsers that were closed because they read too slowly. */
  tooSlow = 0;
  commandsSent = 0;
  /** By code. */
  readonly commandsRefused = new Map<string, number>();
  readonly loginsRefused = new Map<string, number>();
}

export function countBy(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** What is counted of one PBX. */
export class PbxStats {
  events = 0;
  /** Hears how old each event was when it was read, s, where the PBX stamps its events (`timestampevents = yes`). */
  onAge: ((ageS: number) => void) | undefined;
  bytesRead = 0;
  /** Logins that went well. */
  connects = 0;
  /** Attempts that failed: it could not be reached, or it refused the login. */
  unreachable = 0;
  loginRefused = 0;
}
