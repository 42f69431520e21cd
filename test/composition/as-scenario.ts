import { stringify } from 'yaml';
import { describeStep } from '../../src/scenarios/describe-step.ts';
import type { Step } from '../../src/scenarios/types.ts';
import { type Composition, playAgain } from './composition.ts';

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
function kindOf({ faults: [first = ''] }: Composition): string {
  return first.replace(/[0-9a-f-]{6,}|\d+(\.\d+)?/g, '#').slice(0, 60);
}

/** As YAML that `asterclick play FILE` plays with the same configuration. */
export function asScenario({ seed, steps, faults }: Composition): string {
  const comment = faults.map((fault) => `# ${fault.replaceAll('\n', '\n# ')}\n`).join('');
  return `${comment}${stringify({ scenario: `composition-${seed}`, steps: steps.map(sentence) })}`;
}

function sentence(step: Step): unknown {
  const text = describeStep(step);
  return step.do === 'send' && step.headers.length > 0 ? { [text]: Object.fromEntries(step.headers) } : text;
}
