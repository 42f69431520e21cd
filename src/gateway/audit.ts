import type { Header } from '../ami/message.ts';

/** One command, or what was meant as one: who, what, and what came of it. Plain data, without secrets. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly user: string;
  /** The address that it came from. */
  readonly from: string;
  /** The command as sent; `undefined` where it could not be read. */
  readonly command?: Readonly<Record<string, unknown>>;
  readonly ok: boolean;
  /** Why it was refused or failed. */
  readonly code?: string;
}

/** Keeps what users did. Never throws. */
export type Audit = (entry: AuditEntry) => void;

/** A command, of whatever protocol. */
interface Auditable {
  readonly type: string;
  readonly id?: unknown;
  readonly headers?: readonly Header[] | undefined;
}

const SECRET_NAME = /secret|passw|\bpin\b|^pin|token|key$|^auth/i;

/** A command without what only matters on the wire, and with secrets blotted out. */
export function audited({ type: _type, id: _id, headers, ...command }: Auditable): Readonly<Record<string, unknown>> {
  if (headers === undefined) return command;
  return {
    ...command,
    headers: headers.map(([name, value]) => [name, SECRET_NAME.test(name) && value !== '' ? '***' : value]),
  };
}
