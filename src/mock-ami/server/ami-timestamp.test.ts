import { expect, it } from 'vitest';
import { amiTimestamp } from './ami-timestamp.ts';

it.each([
  [1_795_386_136_030.652, '1795386136.030652'],
  [1000, '1.000000'],
  [1000.0005, '1.000000'],
  [999.9999, '0.999999'],
])('shows %d ms as seconds with six digits', (ms, text) => {
  expect(amiTimestamp(ms)).toBe(text);
});
