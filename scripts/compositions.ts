/**
 * `npm run compositions -- FIRST COUNT`: plays so many random compositions, one seed each, and prints every kind of fault once,
 * with the fewest steps that show it. Status 1 where there was any. The suite itself plays a few hundred of them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { asScenario, kindOf, sentence, shrink } from '../test/composition/as-scenario.ts';
import { type Composition, playRandomly } from '../test/composition/composition.ts';

const [first = 1, count = 1000] = process.argv.slice(2).map(Number);
const found = new Map<string, Composition[]>();

for (let seed = first; seed < first + count; seed++) {
  const played = playRandomly(seed);
  if (played.faults.length > 0) found.set(kindOf(played), [...(found.get(kindOf(played)) ?? []), played]);
  if ((seed - first + 1) % 500 === 0) process.stderr.write(`${seed - first + 1} played\n`);
}

for (const [kind, all] of found) {
  const [one] = all;
  if (one === undefined) continue;
  const smallest = shrink(one);
  const file = `test-results/composition-${one.seed}.yaml`;
  mkdirSync('test-results', { recursive: true });
  writeFileSync(file, asScenario(smallest));
  const text = [
    `## ${all.length} times: ${kind}`,
    `seeds ${all.map(({ seed }) => seed).join(' ')}; the first one as scenario in ${file}`,
    ...smallest.faults.map((fault) => `# ${fault}`),
    stringify(smallest.steps.map(sentence)),
  ];
  process.stdout.write(`${text.join('\n')}\n`);
}
const faulty = [...found.values()].flat().length;
process.stdout.write(`${count} compositions from seed ${first}, ${faulty} with a fault\n`);
if (faulty > 0) process.exitCode = 1;
