import { z } from 'zod';
import { type ApiRoute, route } from './api-route.ts';

const value = z.union([z.string(), z.number(), z.array(z.string())]);
const active = z.strictObject({
  name: z.string(),
  values: z.record(z.string(), value),
  sinceMs: z.number(),
  struck: z.number().int(),
});
const known = z.strictObject({
  name: z.string(),
  about: z.string(),
  kind: z.enum(['lasting', 'once']),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.string(),
      default: value,
      least: z.number().optional(),
      choices: z.array(z.string()).optional(),
      about: z.string(),
    }),
  ),
});
const faults = z.strictObject({ active: z.array(active) });

/** What goes wrong between clients and the PBX. */
export const FAULT_ROUTES: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/v1/faults',
    summary: 'Faults that are set, and all that there are with their parameters',
    status: 200,
    response: z.strictObject({ active: z.array(active), known: z.array(known) }),
    handle: ({ operator: { stage } }) => ({ active: stage.faults.active, known: stage.faults.known }),
  }),
  route({
    method: 'PUT',
    path: '/v1/faults/{name}',
    summary: 'Sets a fault; one that happens once happens now',
    body: z.strictObject({
      values: z.record(z.string(), value).default({}).describe('of its parameters: `{"by": "200ms"}`'),
    }),
    status: 200,
    response: faults,
    handle: ({ operator: { stage } }, { params, body }) => {
      stage.faults.set(params['name'] ?? '', body.values);
      return { active: stage.faults.active };
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/faults/{name}',
    summary: 'Ends a fault; one that is not set is no mistake',
    status: 200,
    response: faults,
    handle: ({ operator: { stage } }, { params }) => {
      stage.faults.clear(params['name'] ?? '');
      return { active: stage.faults.active };
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/faults',
    summary: 'Ends all faults',
    status: 200,
    response: faults,
    handle: ({ operator: { stage } }) => {
      stage.faults.clear();
      return { active: stage.faults.active };
    },
  }),
];
