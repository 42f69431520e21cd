/**
 * `npm run variations -- [NAME...]`: plays every scenario of the library, or those named, in other forms: faster, slower, with other
 * phones in the roles, with another seed. Prints what should never be, and which step a form of the story has no room for. Status 1 for
 * the former. The suite itself plays a few of them.
 */
import { libraryNames, libraryScenario } from '../src/scenarios/library.ts';
import { canBeFollowed, playVaried } from '../test/variations/play-varied.ts';
import { VARIATIONS } from '../test/variations/vary.ts';

const asked = process.argv.slice(2);
const counts = { played: 0, faulty: 0, refused: 0, skipped: 0 };

for (const name of asked.length > 0 ? asked : libraryNames()) {
  const { scenario } = libraryScenario(name);
  if (!canBeFollowed(scenario)) {
    counts.skipped += 1;
    continue;
  }
  for (const variation of VARIATIONS) {
    const { faults, refused } = playVaried(scenario, variation);
    counts.played += 1;
    counts.faulty += faults.length > 0 ? 1 : 0;
    counts.refused += refused === undefined ? 0 : 1;
    for (const fault of faults) process.stdout.write(`${name} ${variation.name}: ${fault}\n`);
    if (refused !== undefined) process.stdout.write(`${name} ${variation.name}: no room for ${refused}\n`);
  }
}

const { played, faulty, refused, skipped } = counts;
process.stdout.write(
  `${played} played, ${faulty} with a fault, ${refused} with a step that found no room; ${skipped} scenarios cut off who listens\n`,
);
if (faulty > 0) process.exitCode = 1;
