import type { z } from 'zod';
import type { Clock } from '../../../ami/runtime.ts';
import type { EventLog } from '../../event-log.ts';
import type { MockOperator } from '../../mock-operator.ts';
import type { StageSnapshot } from '../../simulated-stage.ts';

/** A PBX that was forked from this one. */
export interface ForkedPbx {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** What requests work on. */
export interface ApiContext {
  readonly operator: MockOperator;
  /** Since the API began, or the PBX went back. */
  readonly events: EventLog;
  /** What waits are measured by: time that goes on while the PBX's stands. */
  readonly wall: Clock;
  /** Where AMI listens. */
  readonly ami: { readonly host: string; readonly port: number };
  readonly fork: (snapshot: StageSnapshot) => Promise<ForkedPbx>;
  readonly snapshots: Map<number, StageSnapshot>;
  readonly forks: Map<number, ForkedPbx>;
}

export type ApiMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface ApiAnswer {
  readonly status: number;
  /** Absent with 204. */
  readonly body?: unknown;
}

interface Input<Query, Body> {
  /** Of the path, by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
}

interface RouteParts<Query extends z.ZodType, Body extends z.ZodType> {
  readonly method: ApiMethod;
  /** `/v1/plays/{id}` */
  readonly path: string;
  readonly summary: string;
  readonly query?: Query;
  readonly body?: Body;
  /** The status where it went well, and the form of the body then; no form: no body. */
  readonly status: number;
  readonly response?: z.ZodType;
  /** @returns the body */
  handle(context: ApiContext, input: Input<z.infer<Query>, z.infer<Body>>): unknown;
}

/** A path and method of the API: how it is called, what it answers, and what it does. */
export type ApiRoute = RouteParts<z.ZodType, z.ZodType>;

/** Keeps the types of query and body together with the code that reads them. */
export function route<Query extends z.ZodType, Body extends z.ZodType>(parts: RouteParts<Query, Body>): ApiRoute {
  return parts as unknown as ApiRoute;
}
