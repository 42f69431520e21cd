import { z } from 'zod';
import { libraryNames, libraryScenario } from '../../../scenarios/library.ts';
import { parseScenario } from '../../../scenarios/parse-scenario.ts';
import type { MockOperator, StartedPlay } from '../../mock-operator.ts';
import { ControlError } from '../control-error.ts';
import { type ApiContext, type ApiRoute, route } from './api-route.ts';
import { play, withinMs } from './api-schemas.ts';
import { errorBody } from './error-answer.ts';

const MAX_PLAYING = 100;

const started = z
  .strictObject({
    scenario: z.string().describe('a name of the library').optional(),
    yaml: z.string().describe('a scenario of your own').optional(),
    values: z.record(z.string(), z.string()).describe("in place of the scenario's own `with`").optional(),
  })
  .refine(({ scenario, yaml }) => (scenario === undefined) !== (yaml === undefined), {
    message: 'give either scenario, a name of the library, or yaml, the text of one',
  });

const performed = z.strictObject({
  steps: z.array(z.string()).min(1).describe('sentences of the scenario language: `1001 dials 1002`'),
  withinMs,
});

/** Scenarios and single steps. */
export const PLAY_ROUTES: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/v1/scenarios',
    summary: 'Names of the scenarios that come with the mock',
    status: 200,
    response: z.strictObject({ scenarios: z.array(z.string()) }),
    handle: () => ({ scenarios: libraryNames() }),
  }),
  route({
    method: 'POST',
    path: '/v1/plays',
    summary: 'Starts a scenario on the PBX as it is; it plays on while you do other things',
    body: started,
    status: 201,
    response: play,
    handle: ({ operator }, { body: { scenario, yaml, values } }) => {
      mayPlay(operator);
      const parsed = yaml === undefined ? libraryScenario(scenario ?? '') : parseScenario(yaml, 'yaml');
      return playAsData(operator.play(parsed, values));
    },
  }),
  route({
    method: 'GET',
    path: '/v1/plays',
    summary: 'Every scenario started since the last reset',
    status: 200,
    response: z.strictObject({ plays: z.array(play) }),
    handle: ({ operator }) => ({ plays: operator.plays.map(playAsData) }),
  }),
  route({
    method: 'GET',
    path: '/v1/plays/{id}',
    summary: 'How a scenario stands; with `withinMs` the answer waits until it has ended, but no longer than that',
    query: z.strictObject({ withinMs: z.coerce.number().int().min(0).max(60_000).default(0) }),
    status: 200,
    response: play,
    handle: async (context, { params, query }) => {
      const found = playOf(context, params['id']);
      await ended(context, found, query.withinMs);
      return playAsData(found);
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/plays/{id}',
    summary: 'Stops a scenario: its AMI clients are cut off, what phones do stays as it is',
    status: 200,
    response: play,
    handle: (context, { params }) => {
      const found = playOf(context, params['id']);
      found.stop();
      return playAsData(found);
    },
  }),
  route({
    method: 'POST',
    path: '/v1/steps',
    summary: 'Does what sentences of the scenario language say, one after the other, and answers when that is done',
    body: performed,
    status: 200,
    response: play,
    handle: async (context, { body }) => {
      mayPlay(context.operator);
      const doing = context.operator.perform(body.steps);
      await ended(context, doing, body.withinMs);
      if (doing.failure !== undefined) throw doing.failure;
      return playAsData(doing);
    },
  }),
];

/** @throws ControlError `CONTROL_TOO_MANY` */
function mayPlay({ plays }: MockOperator): void {
  if (plays.filter(({ ended: over }) => !over).length < MAX_PLAYING) return;
  throw new ControlError('CONTROL_TOO_MANY', `${MAX_PLAYING} scenarios play already: stop some, or let them end`);
}

/** @throws ControlError `CONTROL_NOT_FOUND` */
function playOf({ operator }: ApiContext, id: string | undefined): StartedPlay {
  const found = operator.plays.find((each) => String(each.id) === id);
  if (found === undefined) throw new ControlError('CONTROL_NOT_FOUND', `no scenario with the id ${id} was started`);
  return found;
}

/** Waits until it has ended, whatever became of it, or the time is over. */
async function ended({ wall }: ApiContext, { done, ended: over }: StartedPlay, waitMs: number): Promise<void> {
  if (over || waitMs === 0) return;
  await new Promise<void>((resolve) => {
    const timer = wall.setTimer(waitMs, resolve);
    const settled = () => {
      timer.cancel();
      resolve();
    };
    done.then(settled, settled);
  });
}

function playAsData({ id, scenario, ended: over, failure, stopped }: StartedPlay): z.infer<typeof play> {
  if (!over) return { id, scenario, state: 'playing' };
  if (failure !== undefined) return { id, scenario, state: 'failed', failure: errorBody(failure) };
  return { id, scenario, state: stopped ? 'stopped' : 'done' };
}
