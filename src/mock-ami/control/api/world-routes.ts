import { z } from 'zod';
import type { StageSnapshot } from '../../simulated-stage.ts';
import { ControlError } from '../control-error.ts';
import { type ApiContext, type ApiRoute, type ForkedPbx, route } from './api-route.ts';
import { clock, fork, snapshot } from './api-schemas.ts';

const MAX_SNAPSHOTS = 100;
const MAX_FORKS = 20;
/** A day: a call of days would be many steps. */
const MAX_ADVANCE_MS = 86_400_000;

const advanceMs = z.number().min(0).max(MAX_ADVANCE_MS);

/** The PBX as a whole: its health, time, and going back. */
export const WORLD_ROUTES: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/v1/health',
    summary: 'Whether the PBX is up, and what it is busy with',
    status: 200,
    response: z.strictObject({
      status: z.literal('ok'),
      api: z.literal(1),
      pbx: z.enum(['up', 'down']),
      amiHost: z.string(),
      amiPort: z.number().int(),
      channels: z.number().int(),
      sessions: z.number().int(),
      playing: z.number().int(),
      seed: z.number(),
    }),
    handle: ({ operator, ami }) => ({
      status: 'ok',
      api: 1,
      pbx: operator.stage.server.listening ? 'up' : 'down',
      amiHost: ami.host,
      amiPort: ami.port,
      channels: operator.stage.simulation.channels().length,
      sessions: operator.stage.server.sessions.size,
      playing: operator.plays.filter(({ ended }) => !ended).length,
      seed: operator.seed,
    }),
  }),
  route({
    method: 'GET',
    path: '/v1/clock',
    summary: "What the PBX's clock shows, and how fast it runs",
    status: 200,
    response: clock,
    handle: (context) => clockAsData(context),
  }),
  route({
    method: 'PATCH',
    path: '/v1/clock',
    summary: 'Sets how fast it runs; 0: it stands until it is moved',
    body: z.strictObject({ speed: z.number().min(0).max(100_000) }),
    status: 200,
    response: clock,
    handle: (context, { body }) => {
      context.operator.clock.speed = body.speed;
      return clockAsData(context);
    },
  }),
  route({
    method: 'POST',
    path: '/v1/clock/advance',
    summary: 'Lets time pass at once, with all that happens in it',
    body: z.strictObject({ ms: advanceMs }),
    status: 200,
    response: clock,
    handle: (context, { body }) => {
      context.operator.clock.advance(body.ms);
      return clockAsData(context);
    },
  }),
  route({
    method: 'POST',
    path: '/v1/clock/run-until-idle',
    summary: 'Lets time pass at once until no call is up and no scenario plays',
    body: z.strictObject({ atMostMs: advanceMs.default(3_600_000) }),
    status: 200,
    response: z.strictObject({ ...clock.shape, idle: z.boolean() }),
    handle: (context, { body }) => {
      const idle = context.operator.runUntilIdle(body.atMostMs);
      return { ...clockAsData(context), idle };
    },
  }),
  route({
    method: 'POST',
    path: '/v1/reset',
    summary:
      'As it was at the start, or would have been with another seed: connections, scenarios, faults and journal end',
    body: z.strictObject({ seed: z.number().int().min(0).max(0xffffffff).optional() }),
    status: 200,
    response: z.strictObject({ ...clock.shape, seed: z.number() }),
    handle: (context, { body }) => {
      context.operator.reset(body.seed === undefined ? {} : { seed: body.seed });
      return { ...clockAsData(context), seed: context.operator.seed };
    },
  }),
  route({
    method: 'POST',
    path: '/v1/snapshots',
    summary: 'Keeps the PBX as it is now, calls and all',
    status: 201,
    response: snapshot,
    handle: ({ operator, snapshots }) => {
      mayAdd(snapshots, MAX_SNAPSHOTS, 'snapshots');
      const taken = operator.snapshot();
      const id = nextId(snapshots);
      snapshots.set(id, taken);
      return snapshotAsData(id, taken);
    },
  }),
  route({
    method: 'GET',
    path: '/v1/snapshots',
    summary: 'What is kept',
    status: 200,
    response: z.strictObject({ snapshots: z.array(snapshot) }),
    handle: ({ snapshots }) => ({ snapshots: [...snapshots].map(([id, kept]) => snapshotAsData(id, kept)) }),
  }),
  route({
    method: 'POST',
    path: '/v1/snapshots/{id}/restore',
    summary: 'Goes on from there: its state, time and seed; connections, scenarios, faults and journal end',
    status: 200,
    response: clock,
    handle: (context, { params }) => {
      context.operator.restore(keptOf(context.snapshots, params['id'], 'snapshot'));
      return clockAsData(context);
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/snapshots/{id}',
    summary: 'Forgets a snapshot',
    status: 204,
    handle: ({ snapshots }, { params }) => {
      keptOf(snapshots, params['id'], 'snapshot');
      snapshots.delete(Number(params['id']));
    },
  }),
  route({
    method: 'POST',
    path: '/v1/forks',
    summary: 'Another PBX with an AMI port of its own that goes on from now, or from a snapshot',
    body: z.strictObject({ snapshot: z.number().int().optional() }),
    status: 201,
    response: fork,
    handle: async ({ operator, snapshots, forks, fork: make }, { body }) => {
      mayAdd(forks, MAX_FORKS, 'forks');
      const from =
        body.snapshot === undefined ? operator.snapshot() : keptOf(snapshots, String(body.snapshot), 'snapshot');
      const made = await make(from);
      const id = nextId(forks);
      forks.set(id, made);
      return forkAsData(id, made);
    },
  }),
  route({
    method: 'GET',
    path: '/v1/forks',
    summary: 'The forks that run',
    status: 200,
    response: z.strictObject({ forks: z.array(fork) }),
    handle: ({ forks }) => ({ forks: [...forks].map(([id, made]) => forkAsData(id, made)) }),
  }),
  route({
    method: 'DELETE',
    path: '/v1/forks/{id}',
    summary: 'Ends a fork and closes its port',
    status: 204,
    handle: async ({ forks }, { params }) => {
      const made = keptOf(forks, params['id'], 'fork');
      forks.delete(Number(params['id']));
      await made.close();
    },
  }),
];

function clockAsData({ operator }: ApiContext): { readonly nowMs: number; readonly speed: number } {
  return { nowMs: operator.stage.simulation.runtime.clock.now(), speed: operator.clock.speed };
}

function snapshotAsData(id: number, { atMs, seed }: StageSnapshot) {
  return { id, atMs, seed };
}

function forkAsData(id: number, { host, port }: ForkedPbx) {
  return { id, host, amiPort: port };
}

/** @throws ControlError `CONTROL_NOT_FOUND` */
function keptOf<Kept>(kept: ReadonlyMap<number, Kept>, id: string | undefined, what: string): Kept {
  const found = kept.get(Number(id));
  if (found === undefined) throw new ControlError('CONTROL_NOT_FOUND', `there is no ${what} ${id}`);
  return found;
}

/** @throws ControlError `CONTROL_TOO_MANY` */
function mayAdd(kept: ReadonlyMap<number, unknown>, most: number, what: string): void {
  if (kept.size >= most) throw new ControlError('CONTROL_TOO_MANY', `there are ${most} ${what} already: delete some`);
}

function nextId(kept: ReadonlyMap<number, unknown>): number {
  return Math.max(0, ...kept.keys()) + 1;
}
