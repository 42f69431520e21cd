import { codingFunctions } from './coding-functions.ts';
import { conditionFunctions } from './condition-functions.ts';
import { listFunctions } from './list-functions.ts';
import { numberFunctions } from './number-functions.ts';
import type { PureFunction } from './pure-function.ts';
import { textFunctions } from './text-functions.ts';
import { timeFunctions } from './time-functions.ts';

/** All dialplan functions that need no channel, by name. */
export const pureFunctions: Readonly<Record<string, PureFunction>> = {
  ...codingFunctions,
  ...conditionFunctions,
  ...listFunctions,
  ...numberFunctions,
  ...textFunctions,
  ...timeFunctions,
};
