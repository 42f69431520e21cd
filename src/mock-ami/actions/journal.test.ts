import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../ami/manual-clock.ts';
import { ActionExpectations } from '../action-expectations.ts';
import { ActionJournal, type JournalEntry } from './journal.ts';
import type { JournalBounds } from './journal-bounds.ts';

function setUp(bounds: Partial<JournalBounds>) {
  const journal = new ActionJournal(bounds);
  const add = (action: string, value = ''): JournalEntry =>
    journal.add({ atMs: 0, session: 1, user: 'admin', action, headers: [['Action', action], ['Value', value]] }); // biome-ignore format: a list
  return { journal, add, expectations: new ActionExpectations(journal, new ManualClock()) };
}

describe('the journal', () => {
  it('drops the oldest tenth when it has more actions than it may, and goes on counting', () => {
    const { journal, add } = setUp({ entries: 10 });
    for (let n = 1; n <= 10; n++) add(n === 1 ? 'Originate' : 'Ping');
    expect([journal.entries.length, journal.dropped]).toEqual([10, 0]);
    expect(add('Ping').id).toBe(11);
    expect(journal.entries.map(({ id }) => id)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect([journal.last, journal.dropped, [...journal.droppedNames]]).toEqual([11, 2, [['Originate', 1], ['Ping', 1]]]); // biome-ignore format: a list
    journal.clear();
    expect([journal.last, journal.dropped, journal.droppedNames.size, add('Ping').id]).toEqual([0, 0, 0, 1]);
  });

  it('drops the oldest when their headers are too long together, but never the newest', () => {
    const { journal, add } = setUp({ bytes: 1000 });
    for (let n = 1; n <= 100; n++) add('Ping', 'x'.repeat(100));
    expect(journal.entries.length).toBeGreaterThan(5);
    expect(journal.entries.length).toBeLessThan(9);
    add('Ping', 'x'.repeat(5000));
    expect(journal.entries.map(({ id }) => id)).toEqual([101]);
  });

  it('does not remember more than so many names that it has dropped', () => {
    const { journal, add } = setUp({ entries: 1 });
    for (let n = 0; n < 1500; n++) add(`Action${n}`);
    expect(journal.droppedNames.size).toBe(1001);
    expect(journal.droppedNames.get('(other actions)')).toBe(499);
  });

  it('loses nothing unsaid: whoever expects hears what is no longer there', async () => {
    const { add, expectations } = setUp({ entries: 10 });
    const found = expectations.expect('Originate');
    add('Originate');
    await found;
    for (let n = 0; n < 20; n++) add('Ping');
    expectations.assertDone();
    add('Hangup');
    for (let n = 0; n < 20; n++) add('Ping');
    expect(() => expectations.assertDone()).toThrow(
      /came unexpected: 1 of the actions that the journal no longer holds; the journal no longer holds the first \d+ actions \(1 Originate, \d+ Ping, 1 Hangup\)$/,
    );
    void expectations.expect('Hangup').catch(() => undefined);
    expect(() => expectations.assertDone()).toThrow(/never came: Hangup; .*no longer holds the first \d+ actions/);
  });
});
