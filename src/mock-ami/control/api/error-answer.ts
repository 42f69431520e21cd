import type { z } from 'zod';
import { ScenarioError } from '../../../scenarios/scenario-error.ts';
import { StageError } from '../../../scenarios/stage.ts';
import { MockError } from '../../mock-error.ts';
import { ControlError } from '../control-error.ts';
import type { ApiAnswer } from './api-route.ts';
import type { apiError } from './api-schemas.ts';

/** HTTP statuses by error code; every other error of these kinds is 409: the request is good, but not now. */
const STATUS: ReadonlyMap<string, number> = new Map([
  ['CONTROL_BAD_REQUEST', 400],
  ['CONTROL_FORBIDDEN', 403],
  ['CONTROL_NOT_FOUND', 404],
  ['CONTROL_WRONG_METHOD', 405],
  ['CONTROL_TIMEOUT', 408],
  ['CONTROL_TOO_LONG', 413],
  ['SCENARIO_NOT_FOUND', 404],
  ['SCENARIO_WRONG', 400],
  ['SCENARIO_YAML', 400],
  ['STAGE_UNKNOWN_PHONE', 404],
  ['STAGE_UNKNOWN_FAULT', 404],
  ['STAGE_WRONG_FAULT', 400],
]);

/** Statuses that any request may get. */
export const ERROR_STATUSES: readonly number[] = [...new Set([...STATUS.values(), 409])].sort();

type Known = ControlError | ScenarioError | StageError | MockError;

function isKnown(error: unknown): error is Known {
  return [ControlError, ScenarioError, StageError, MockError].some((kind) => error instanceof kind);
}

/**
 * An error as the API answers it.
 * @throws what it is given, where that is no error of the mock's but a fault of the program
 */
export function errorAnswer(error: unknown): ApiAnswer {
  if (!isKnown(error)) throw error;
  return { status: STATUS.get(error.code) ?? 409, body: errorBody(error) };
}

/** Code and message of any error. */
export function errorBody(error: unknown): z.infer<typeof apiError> {
  if (isKnown(error)) return { code: error.code, message: error.message };
  return { code: 'SCENARIO_FAILED', message: String(error) };
}
