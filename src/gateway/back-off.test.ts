import { expect, test } from 'vitest';
import { BackOff } from './back-off.ts';

test('waits double up to a bound, and start again after success', () => {
  const backOff = new BackOff({ firstMs: 100, maxMs: 500 }, { next: () => 1 });
  expect([1, 2, 3, 4, 5].map(() => backOff.nextMs())).toEqual([100, 200, 400, 500, 500]);
  for (let turn = 0; turn < 5000; turn++) expect(backOff.nextMs()).toBe(500);
  backOff.reset();
  expect(backOff.nextMs()).toBe(100);
});

test('chance cuts each wait, to no less than half', () => {
  expect(new BackOff({ firstMs: 100, maxMs: 500 }, { next: () => 0 }).nextMs()).toBe(50);
  expect(new BackOff({ firstMs: 100, maxMs: 500 }, { next: () => 0.5 }).nextMs()).toBe(75);
});
