import { z } from 'zod';
import { nearest } from '../../../scenarios/nearest.ts';
import { EventLog } from '../../event-log.ts';
import { ControlError } from '../control-error.ts';
import type { ApiAnswer, ApiContext, ApiRoute } from './api-route.ts';
import { errorAnswer } from './error-answer.ts';
import { openApi } from './open-api.ts';
import { ROUTES } from './routes.ts';

export interface ApiRequest {
  readonly method: string;
  /** `/v1/journal` */
  readonly path: string;
  /** By name, decoded. */
  readonly query: Readonly<Record<string, string>>;
  /** JSON; '' where there is no body. */
  readonly body: string;
}

/** The control API, whatever carries it: takes requests, checks them against their route, and answers. */
export class ControlApi {
  readonly #context: ApiContext;

  constructor(context: Omit<ApiContext, 'events' | 'snapshots' | 'forks'>) {
    const events = new EventLog(context.operator.stage.simulation);
    this.#context = { ...context, events, snapshots: new Map(), forks: new Map() };
    context.operator.onRestored(() => events.clear());
  }

  /** Never throws for what a client sent. */
  async handle(request: ApiRequest): Promise<ApiAnswer> {
    try {
      const { method, path } = request;
      if (path === '/v1/openapi.json' && method === 'GET') return { status: 200, body: openApi() };
      const { route, params } = find(method, path);
      const body = await route.handle(this.#context, {
        params,
        query: read(route.query, request.query, 'the query'),
        body: read(route.body, parseBody(request.body), 'the body'),
      });
      return route.response === undefined ? { status: route.status } : { status: route.status, body };
    } catch (error) {
      return errorAnswer(error);
    }
  }

  /** Ends the forks, and hears no more of the PBX. */
  async close(): Promise<void> {
    const { events, forks } = this.#context;
    events.close();
    await Promise.all([...forks.values()].map((fork) => fork.close()));
    forks.clear();
  }
}

/** @throws ControlError `CONTROL_NOT_FOUND`, `CONTROL_WRONG_METHOD` */
function find(method: string, path: string): { route: ApiRoute; params: Record<string, string> } {
  const there = ROUTES.flatMap((route) => {
    const params = match(route.path, path);
    return params === undefined ? [] : [{ route, params }];
  });
  if (there.length === 0) {
    const guess = nearest(path, [...new Set(ROUTES.map((route) => route.path))]);
    const advice = guess === undefined ? '/v1/openapi.json lists all paths' : `did you mean ${guess}?`;
    throw new ControlError('CONTROL_NOT_FOUND', `there is nothing at ${path}; ${advice}`);
  }
  const found = there.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  const methods = there.map(({ route }) => route.method).join(', ');
  throw new ControlError('CONTROL_WRONG_METHOD', `${path} takes ${methods}, not ${method}`);
}

/** Values of the names in `{}`; `undefined` where the path is another one. */
function match(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: [string, string][] = [];
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (/^\{\w+\}$/.test(part)) params.push([part.slice(1, -1), decoded(value)]);
    else if (part !== value) return undefined;
  }
  return Object.fromEntries(params);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new ControlError('CONTROL_BAD_REQUEST', `'${value}' has a % that is no escape; write %25`);
  }
}

function parseBody(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ControlError('CONTROL_BAD_REQUEST', `the body is no JSON: ${(error as Error).message}`);
  }
}

/** @throws ControlError `CONTROL_BAD_REQUEST`, with everything that is wrong */
function read(schema: z.ZodType | undefined, data: unknown, what: string): unknown {
  const result = (schema ?? z.strictObject({})).safeParse(data);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  const keys = schema instanceof z.ZodObject ? ` (there are ${Object.keys(schema.shape).join(', ')})` : '';
  throw new ControlError('CONTROL_BAD_REQUEST', `${what} is wrong: ${faults.join('; ')}${keys}`);
}
