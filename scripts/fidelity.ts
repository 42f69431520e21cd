/**
 * `npm run fidelity`: plays every recorded scenario in the simulation, writes `docs/fidelity.md`, and raises the scores that may not fall.
 * What has fallen stays in the table, is named, and makes the status 1.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fidelityPage, type Reasons, summary } from '../test/fidelity/fidelity-page.ts';
import { measure, recordedScenarios } from '../test/fidelity/library-fidelity.ts';
import { better, fallen, reachedBy, readReachedScores, writeReachedScores } from '../test/fidelity/reached-scores.ts';

const measured = recordedScenarios().map(measure);
const before = readReachedScores();
const reasons = JSON.parse(readFileSync(new URL('../test/fidelity/reasons.json', import.meta.url), 'utf8')) as Reasons;

writeFileSync(new URL('../docs/fidelity.md', import.meta.url), fidelityPage(measured, reasons));
writeReachedScores(
  Object.fromEntries(measured.map((each) => [each.scenario, better(reachedBy(each), before[each.scenario])])),
);

const worse = fallen(measured, before);
for (const line of worse) process.stderr.write(`fallen: ${line}\n`);
process.stdout.write(`${summary(measured)}\n`);
if (worse.length > 0) process.exitCode = 1;
