import type { Runtime } from '../ami/runtime.ts';
import type { Audit } from './audit.ts';
import type { ChatRoom } from './legacy-desk.ts';
import type { Log } from './log.ts';
import type { Login } from './login.ts';
import type { Pbxs } from './pbxs.ts';
import type { GatewayStats } from './stats.ts';

/** What a session needs of the gateway that it belongs to. */
export interface SessionContext {
  readonly pbxs: Pbxs;
  readonly login: Login;
  readonly stats: GatewayStats;
  readonly chat: ChatRoom;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly audit: Audit;
  /** 10 s by default. */
  readonly helloTimeoutMs?: number;
  readonly outboxBytes?: number;
}
