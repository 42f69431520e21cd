import { stringify } from 'yaml';
import type { Header } from '../../src/ami/message.ts';
import { client } from '../../src/scenarios/builder.ts';
import { describeStep } from '../../src/scenarios/describe-step.ts';
import type { Step } from '../../src/scenarios/types.ts';
import { type Composition, playAgain } from './composition.ts';
import { OFFICE_CONFIG } from './office-config.ts';

/** The fewest of its steps that still go wrong in the same way, found by leaving out one at a time. */
export function shrink(found: Composition): Composition {
  const kind = kindOf(found);
  let smallest = found;
  for (let at = found.steps.length - 1; at >= 0; at--) {
    const fewer = smallest.steps.filter((_step, place) => place !== at);
    const again = playAgain(found.seed, fewer);
    if (again.faults.length > 0 && kindOf(again) === kind) smallest = again;
  }
  return smallest;
}

/** What is wrong first, without ids. */
export function kindOf({ faults: [first = ''] }: Composition): string {
  return first.replace(/[0-9a-f-]{6,}|\d+(\.\d+)?/g, '#').slice(0, 60);
}

/** As YAML that `asterclick play FILE` plays with the same configuration. */
export function asScenario({ seed, steps, faults }: Composition): string {
  const comment = faults.map((fault) => `# ${fault.replaceAll('\n', '\n# ')}\n`).join('');
  const scenario = {
    scenario: `composition-${seed}`,
    config: literal(OFFICE_CONFIG),
    steps: [...logins(steps), ...steps].map(sentence),
  };
  return `${comment}${stringify(scenario)}`;
}

/** Variables of the dialplan are none of the scenario's. */
function literal<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll('${', () => '$${')) as Value;
}

/** Programs beside `admin` have to log in first. */
export function logins(steps: readonly Step[]): Step[] {
  const names = steps.flatMap((step) => (step.do === 'send' && step.client !== 'admin' ? step.client : []));
  return [...new Set(names)].map((name) => client(name).logsIn());
}

/** A step as scenarios write it. */
export function sentence(step: Step): unknown {
  const text = describeStep(step);
  return step.do === 'send' && step.headers.length > 0 ? { [text]: asMap(step.headers) } : text;
}

/** A header that repeats has a list. */
function asMap(headers: readonly Header[]): Record<string, string | string[]> {
  const map: Record<string, string[]> = {};
  for (const [name, value] of headers) map[name] = [...(map[name] ?? []), value];
  return Object.fromEntries(
    Object.entries(map).map(([name, values]) => [name, values.length > 1 ? values : (values[0] ?? '')]),
  );
}
