import type { Pbx } from './pbx.ts';
import type { Continuation } from './state.ts';

/** A named step of the simulation. State holds its name and data only, so it can be copied at any moment. */
export interface Task<Data> {
  readonly name: string;
  readonly run: (pbx: Pbx, data: Data) => void;
}

/** Names a step. Every task must stand in a list that `pbx-tasks.ts` gathers. */
export function task<Data>(name: string, run: (pbx: Pbx, data: Data) => void): Task<Data> {
  return { name, run };
}

/** A task with its data, to be kept in state and continued later. */
export function continuation<Data>(what: Task<Data>, data: Data): Continuation {
  return { task: what.name, data };
}
