import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ManualClock } from '../../../ami/manual-clock.ts';
import { PacedClock } from '../../../ami/paced-clock.ts';
import { nodeRuntime } from '../../../ami/runtime.node.ts';
import { SeededRandom } from '../../../ami/seeded-random.ts';
import { smallOffice } from '../../config/small-office.ts';
import { MockOperator } from '../../mock-operator.ts';
import { createStage } from '../../simulated-stage.ts';
import { fitting, spoiled } from '../json-values.test-support.ts';
import type { ApiRoute } from './api-route.ts';
import { apiError } from './api-schemas.ts';
import { type ApiRequest, ControlApi } from './control-api.ts';
import { ERROR_STATUSES } from './error-answer.ts';
import { ROUTES } from './routes.ts';

const text = fc.oneof(
  fc.constantFrom(
    '1001',
    '1002',
    '1003',
    '610',
    '*8',
    '#',
    '',
    'busy',
    '0',
    '1',
    '-1',
    '9999999999999999999',
    '__proto__',
  ),
  fc.constantFrom(
    '1001 dials 1002',
    '1002 answers',
    '1001 holds',
    '1001 hangs up',
    'wait 1s',
    'wait until 1001 is idle within 1s',
  ),
  fc.constantFrom(
    'Login',
    'Ping',
    'Exten',
    'Hangup',
    'hold-unhold',
    'call-busy',
    'constructor',
    '(',
    '[a-',
    '\0\r\n',
    'ü',
  ),
  fc.constantFrom(
    'scenario: x\nsteps: [1001 dials 1002, wait 1s]\n',
    'scenario: x\nsteps: []\n',
    ': [',
    'x'.repeat(5000),
  ),
  fc.string({ maxLength: 8 }),
);
const anything = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.constant(null),
  fc.boolean(),
  fc.jsonValue({ maxDepth: 2 }),
);

/** One time in so many; else nothing. */
function oneIn<Value>(times: number, some: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: times - 1 }, { arbitrary: some, weight: 1 });
}

/** A request of that route, its values as its schemas say, and often with something else somewhere in them. */
function requestOf(route: ApiRoute): fc.Arbitrary<ApiRequest> {
  const { path, method, query, body } = route;
  const params = path.match(/\{\w+\}/g) ?? [];
  const schema = (of: z.ZodType) => z.toJSONSchema(of, { io: 'input' }) as Parameters<typeof fitting>[0];
  return fc
    .record({
      params: fc.tuple(
        ...params.map(() => fc.oneof(fc.constantFrom('1', '2', '3', '1001', 'delay-writes', '%'), text)),
      ),
      query:
        query === undefined
          ? fc.constant({})
          : fc.dictionary(fc.constantFrom('after', 'limit', 'action', 'user', 'name', 'withinMs', 'x'), text, {
              maxKeys: 3,
            }),
      body: body === undefined ? fc.constant(undefined) : fitting(schema(body), text),
      spoil: oneIn(3, fc.record({ at: fc.nat(500), with: anything })),
      nonsense: oneIn(20, fc.oneof(fc.string(), fc.json(), fc.constantFrom('{', '[]', 'null', '{"a":'))),
    })
    .map(({ params: values, query: asked, body: made, spoil, nonsense }) => {
      const json = made === undefined ? undefined : spoil === undefined ? made : spoiled(made, spoil);
      let at = 0;
      return {
        method,
        path: path.replace(/\{\w+\}/g, () => encodeURIComponent(values[at++] ?? '').replaceAll('%25', '%')),
        query: asked,
        body: nonsense ?? (json === undefined ? '' : (JSON.stringify(json) ?? '')),
      };
    });
}

const nowhere: fc.Arbitrary<ApiRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'get', '', 'TRACE'),
  path: fc.oneof(
    fc.constantFrom('', '/', '/v1', '/v1/', '/v1/phones/', '/v1/phones/%zz', '/v1/plays/1/2'),
    fc.webPath(),
    fc.string(),
  ),
  query: fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }),
  body: fc.oneof(fc.string(), fc.json()),
});
const request = fc.oneof(
  { arbitrary: fc.oneof(...ROUTES.map(requestOf)), weight: 12 },
  { arbitrary: nowhere, weight: 1 },
);

const clock = new ManualClock();
const wall = clock;
const paced = new PacedClock(wall, 1);
const runtime = nodeRuntime({ clock: paced, random: new SeededRandom(1) });
const stage = createStage({ runtime, files: smallOffice });
const operator = new MockOperator({ stage, clock: paced, wall, runtime });
let forks = 0;
const api = new ControlApi({
  operator,
  wall,
  ami: { host: '127.0.0.1', port: 5038 },
  fork: async () => {
    forks += 1;
    return { host: '127.0.0.1', port: 1, close: async () => void forks-- };
  },
});

const immediately = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** What every request may be answered with. */
const ERRORS = new Set(ERROR_STATUSES);

/** By the number of requests; the suite's is small, by hand it may be any. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2000);

describe('the control API, whatever it is asked', () => {
  it(`answers each of ${RUNS} requests as its description says, and goes on`, {
    timeout: 60_000 + RUNS * 20,
  }, async () => {
    const counts = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const answer = await clock.runUntil(api.handle(asked), immediately);
        counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
        if (ERRORS.has(answer.status)) {
          expect(apiError.safeParse(answer.body).error).toBeUndefined();
          return;
        }
        const candidates = ROUTES.filter((each) => each.method === asked.method && fits(each.path, asked.path));
        const fitted = candidates.some(
          ({ status, response }) =>
            status === answer.status &&
            (response === undefined ? answer.body === undefined : response.safeParse(answer.body).success),
        );
        expect(fitted, JSON.stringify([asked, answer])).toBe(true);
      }),
      { seed: 11, numRuns: RUNS, endOnFailure: true },
    );
    const health = await api.handle({ method: 'GET', path: '/v1/health', query: {}, body: '' });
    expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
    // most requests are good, and each kind of refusal was met
    expect(counts.get(200) ?? 0).toBeGreaterThan(RUNS / 4);
    for (const status of [201, 204, 400, 404, 405, 408, 409])
      expect(counts.get(status) ?? 0, String(status)).toBeGreaterThan(0);
    await clock.runUntil(api.handle({ method: 'POST', path: '/v1/reset', query: {}, body: '{}' }), immediately);
    await api.close();
    expect(forks).toBe(0);
    expect([operator.plays.length, stage.simulation.channels().length]).toEqual([0, 0]);
  });
});

function fits(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]*')}$`).test(path);
}
