import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the page on testing shows the example as it runs', () => {
  const [, shown] = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/testing.md', 'utf8')) ?? [];
  expect(shown).toBe(readFileSync('examples/click-to-call.test.js', 'utf8'));
});
