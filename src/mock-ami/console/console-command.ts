import type { SessionHost } from '../server/session-host.ts';

/** What a command line has to work with. */
export interface ConsoleRequest {
  readonly host: SessionHost;
  /** Words behind those that name the command. */
  readonly words: readonly string[];
}

/** What the console prints. */
export interface ConsoleOutput {
  /** False where the command was not understood. */
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/** A command of Asterisk's console. */
export interface ConsoleCommand {
  /** `core show channels` */
  readonly name: string;
  /** What it prints; `undefined` where its words make no sense: then the usage is shown. */
  readonly run: (request: ConsoleRequest) => readonly string[] | undefined;
  readonly usage?: readonly string[];
}
