import { LIBRARY_TEXTS } from './library/library-texts.ts';
import { nearest } from './nearest.ts';
import { type ParsedScenario, parseScenario } from './parse-scenario.ts';
import { ScenarioError } from './scenario-error.ts';

/** Names of the scenarios that come with the project, sorted. */
export function libraryNames(): readonly string[] {
  return Object.keys(LIBRARY_TEXTS);
}

/** A scenario's YAML; `undefined` where there is none of that name. */
export function libraryText(name: string): string | undefined {
  return Object.hasOwn(LIBRARY_TEXTS, name) ? LIBRARY_TEXTS[name] : undefined;
}

/** @throws ScenarioError `SCENARIO_NOT_FOUND`, with the name that is nearest */
export function libraryScenario(name: string): ParsedScenario {
  const text = libraryText(name);
  if (text !== undefined) return parseScenario(text, `${name}.yaml`);
  const guess = nearest(name, libraryNames());
  const advice = guess === undefined ? "'asterclick scenario list' names them all" : `did you mean '${guess}'?`;
  throw new ScenarioError('SCENARIO_NOT_FOUND', [{ message: `there is no scenario '${name}'; ${advice}` }]);
}
