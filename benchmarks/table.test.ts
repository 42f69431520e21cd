import { expect, it } from 'vitest';
import { table } from './table.ts';

it('aligns words to the left, numbers to the right, and sets thousands apart', () => {
  const rows = [
    { way: 'WebSocket', bytes: 0 },
    { way: 'poll', bytes: 12345.678 },
  ];
  expect(table(rows)).toBe(
    ['way            bytes', '---------  ---------', 'WebSocket          0', 'poll       12,345.68'].join('\n'),
  );
});
