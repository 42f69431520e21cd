import { defineConfig, devices } from '@playwright/test';
import { chromiumUse, firefoxUse } from './playwright/browsers.ts';

const firefox = firefoxUse();

export default defineConfig({
  testDir: 'playwright',
  outputDir: 'test-results/playwright',
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // each worker has a demo and a browser of its own; latency is measured, so they must not crowd each other out
  workers: 1,
  forbidOnly: process.env['CI'] !== undefined,
  use: { trace: 'retain-on-failure' },
  projects: [
    { name: 'chromium', use: { ...devices['Desktop Chrome'], ...chromiumUse() } },
    ...(firefox ? [{ name: 'firefox', use: { ...devices['Desktop Firefox'], ...firefox } }] : []),
  ],
});
