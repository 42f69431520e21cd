import { describe, expect, it } from 'vitest';
import { officePeople } from './office-people.ts';

const counts = { workers: 8, callers: 20 };

describe('officePeople', () => {
  it('gives the same people for the same seed, and others for another', () => {
    expect(officePeople(7, counts)).toEqual(officePeople(7, counts));
    expect(officePeople(7, counts).workers).not.toEqual(officePeople(8, counts).workers);
  });

  it('numbers the extensions from 1001', () => {
    const { workers } = officePeople(1, counts);
    expect(workers.map(({ extension }) => extension)).toEqual(
      [1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008].map(String),
    );
  });

  it('takes callers from the numbers that are reserved for fiction', () => {
    for (const { number } of officePeople(1, counts).callers) expect(number).toMatch(/^\+1\d{3}55501\d\d$/);
  });
});
