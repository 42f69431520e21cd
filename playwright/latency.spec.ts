import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from './test.ts';

const HOLDS = 60;

/** One change of a lamp in the DOM, as a MutationObserver saw it. */
interface LampTurn {
  readonly lamp: string | null;
  readonly atMs: number;
}

declare global {
  interface Window {
    lampTurns: LampTurn[];
    madeAt: number[];
  }
}

test('from the write of Hold in the PBX to the lamp in the DOM: measured, median and p99', async ({
  office,
  page,
  browserName,
}) => {
  await office.call('1001', '1002');
  await page.evaluate(() => {
    const lamp = document.querySelector('asterclick-lamp[data-extension="1002"]');
    if (lamp === null) throw new Error('no lamp');
    const nowMs = () => performance.timeOrigin + performance.now();
    window.lampTurns = [];
    window.madeAt = [];
    window.__asterclick?.client.on('Hold', ({ madeAtMs }) => window.madeAt.push(madeAtMs ?? Number.NaN));
    new MutationObserver(() => window.lampTurns.push({ lamp: lamp.getAttribute('data-lamp'), atMs: nowMs() })).observe(
      lamp,
      {
        attributeFilter: ['data-lamp'],
      },
    );
  });
  for (let hold = 0; hold < HOLDS; hold += 1) {
    await office.phone('1001').presses('hold');
    await office.panelShowsLamp('1002', 'held');
    await office.phone('1001').presses('resume');
    await office.panelShowsLamp('1002', 'up');
  }
  const { turns, madeAt } = await page.evaluate(() => ({ turns: window.lampTurns, madeAt: window.madeAt }));
  const lit = turns.filter(({ lamp }) => lamp === 'held');
  expect(madeAt).toHaveLength(HOLDS);
  expect(lit).toHaveLength(HOLDS);
  const latencies = lit.map(({ atMs }, at) => atMs - (madeAt[at] ?? Number.NaN)).toSorted((a, b) => a - b);
  const result = {
    browser: browserName,
    holds: HOLDS,
    medianMs: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    latencies,
  };
  mkdirSync('test-results', { recursive: true });
  writeFileSync(`test-results/latency-${browserName}.json`, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(
    `hold to lamp, ${browserName}, ${HOLDS} holds: median ${result.medianMs.toFixed(1)} ms, p99 ${result.p99Ms.toFixed(1)} ms\n`,
  );
  expect(latencies[0]).toBeGreaterThan(0);
  expect(result.medianMs).toBeLessThan(100);
});

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
