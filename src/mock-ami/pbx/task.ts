import type { Pbx } from './pbx.ts';
import type { Continuation } from './state.ts';

/**
 * The name of a step of the simulation, typed by the data it takes. State holds names and data only, so it can be copied at any moment;
 * and who schedules a step need not import who does it.
 */
export interface Task<Data> {
  readonly name: string;
  /** Never set: carries the type. */
  readonly takes?: Data;
}

export interface TaskHandler {
  readonly name: string;
  readonly run: (pbx: Pbx, data: never) => void;
}

export function task<Data>(name: string): Task<Data> {
  return { name };
}

/** Says what a task does. Each handler stands in a list that `pbx-machinery.ts` gathers. */
export function handle<Data>(what: Task<Data>, run: (pbx: Pbx, data: Data) => void): TaskHandler {
  return { name: what.name, run };
}

/** A task with its data, to be kept in state and continued later. */
export function continuation<Data>(what: Task<Data>, data: Data): Continuation {
  return { task: what.name, data };
}
