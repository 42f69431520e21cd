import { describe, expect, it } from 'vitest';
import { readTrace } from '../../../test/fixtures.ts';
import { CHANNEL_TABLE, HINT_TABLE, hashOrder, QUEUE_TABLE } from './hash-order.ts';

/** Values of a header in the rows of each list of a recording. */
function lists(trace: string, event: string, header: string): string[][] {
  const found = new Map<string, string[]>();
  for (const { dir, raw = '', conn } of readTrace(trace).lines) {
    const id = /^ActionID: (.*)\r$/m.exec(raw)?.[1];
    if (dir !== 'in' || !raw.startsWith(`Event: ${event}\r\n`) || id === undefined) continue;
    const list = found.get(`${conn} ${id}`) ?? [];
    found.set(`${conn} ${id}`, [...list, new RegExp(`^${header}: (.*)\r$`, 'm').exec(raw)?.[1] ?? '']);
  }
  return [...found.values()];
}

describe('hashOrder', () => {
  it.each([
    ['channels', 'core-show-channels-several', 'CoreShowChannel', 'Channel', CHANNEL_TABLE],
    ['channels of Status', 'core-show-channels-several', 'Status', 'Channel', CHANNEL_TABLE],
    ['queues', 'queue-status', 'QueueParams', 'Queue', QUEUE_TABLE],
    ['hints', 'extension-state-actions', 'ExtensionStatus', 'Exten', HINT_TABLE],
  ] as const)('lists %s as Asterisk did', (_what, trace, event, header, table) => {
    const recorded = lists(trace, event, header).filter((list) => list.length > 2);
    expect(recorded.length).toBeGreaterThan(0);
    for (const list of recorded) expect(hashOrder([...list].sort(), table, (name) => name)).toEqual(list);
  });
});
