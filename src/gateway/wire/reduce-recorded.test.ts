import { describe, expect, test } from 'vitest';
import { readTrace } from '../../../test/fixtures.ts';
import { parseMessage } from '../../ami/parse-message.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { toWire } from '../to-wire.ts';
import { emptyModel, type ModelSnapshot, toSnapshot } from './model.ts';
import { reduce } from './reduce.ts';

const { text } = nodeRuntime();

/** What something of the model was in turn, through a recording. */
function turns(name: string, pick: (model: ModelSnapshot) => unknown): readonly unknown[] {
  const model = emptyModel();
  const seen: string[] = [];
  for (const { dir, raw, t } of readTrace(name).lines) {
    if (dir !== 'in' || raw === undefined || !raw.startsWith('Event:') || raw.includes('\nActionID:')) continue;
    reduce(model, toWire(parseMessage(text.encode(raw).subarray(0, -2), text), t));
    const now = JSON.stringify(pick(toSnapshot(model)));
    if (seen.at(-1) !== now) seen.push(now);
  }
  return seen.map((each) => JSON.parse(each));
}

describe('recorded events make', () => {
  test('parked calls (ami-park, park-timeout, park-and-retrieve)', () => {
    const spaces = ({ parked }: ModelSnapshot) =>
      parked.map(({ lot, space, callerIdNum }) => `${callerIdNum} at ${lot} ${space}`);
    expect(turns('ami-park', spaces)).toEqual([
      [],
      ['1001 at default 701'],
      ['1001 at default 701', '1003 at short 751'],
      ['1003 at short 751'],
      [],
    ]);
    expect(turns('park-timeout', spaces)).toEqual([[], ['1001 at short 751'], []]);
    expect(turns('park-and-retrieve', spaces)).toEqual([[], ['1001 at default 701'], []]);
  });

  test('conferences with their members (confbridge)', () => {
    const members = ({ conferences }: ModelSnapshot) =>
      conferences.map(({ conference, recording, members }) => [
        `${conference}${recording ? ' recording' : ''}`,
        ...members.map(
          ({ callerIdNum, admin, muted, talking }) =>
            `${callerIdNum}${admin ? ' admin' : ''}${muted ? ' muted' : ''}${talking ? ' talking' : ''}`,
        ),
      ]);
    expect(turns('confbridge', members)).toEqual([
      [],
      [['500']],
      [['500', '1001 admin']],
      [['500', '1001 admin', '1002']],
      [['500', '1001 admin', '1002', '1003']],
      [['500', '1001 admin', '1002 talking', '1003']],
      [['500', '1001 admin', '1002', '1003']],
      [['500', '1001 admin', '1002 muted', '1003']],
      [['500', '1001 admin', '1002', '1003']],
      [['500', '1001 admin muted', '1002', '1003']],
      [['500', '1001 admin muted', '1002 muted', '1003']],
      [['500', '1001 admin muted', '1002 muted', '1003 muted']],
      [['500', '1001 admin muted', '1002', '1003 muted']],
      [['500', '1001 admin muted', '1002', '1003']],
      [['500 recording', '1001 admin muted', '1002', '1003']],
      [['500', '1001 admin muted', '1002', '1003']],
      [['500', '1001 admin muted', '1002']],
      [['500', '1001 admin muted']],
      [['500']],
      [],
    ]);
  });

  test('mailboxes (voicemail-mwi)', () => {
    const waiting = ({ mailboxes }: ModelSnapshot) => mailboxes.map((box) => `${box.mailbox} ${box.newMessages}`);
    expect(turns('voicemail-mwi', waiting)).toEqual([[], ['1002@default 1'], ['1002@default 0']]);
  });

  test('contacts, which go when a phone unregisters (register-unregister)', () => {
    const where = ({ contacts }: ModelSnapshot) => contacts.map(({ aor, status }) => `${aor} ${status}`);
    expect(turns('register-unregister', where)).toContainEqual(['1007 Reachable', '1007 Reachable']);
    expect(turns('register-unregister', where).at(-1)).toEqual([]);
  });

  test('presence (presence-change)', () => {
    const states = ({ presence }: ModelSnapshot) =>
      presence.map((one) => `${one.presentity} ${one.status} ${one.message}`);
    expect(turns('presence-change', states).slice(0, 3)).toEqual([
      [],
      ['CustomPresence:1001 dnd in a meeting'],
      ['CustomPresence:1001 away back at one'],
    ]);
  });

  test('recordings, which end with their channel (mixmonitor, mixmonitor-by-dialplan)', () => {
    const recorded = ({ recordings }: ModelSnapshot) =>
      recordings.map((one) => `${one.channel.slice(0, 10)}${one.readMuted ? ' read muted' : ''}`);
    const states = turns('mixmonitor', recorded);
    expect(states.slice(0, 3)).toEqual([[], ['PJSIP/1001'], ['PJSIP/1001 read muted']]);
    expect(states.at(-1)).toEqual([]);
    expect(turns('mixmonitor-by-dialplan', recorded)).toEqual([[], ['PJSIP/1001'], []]);
  });

  test('transfers, while the channel is there (blind-transfer, attended-transfer)', () => {
    const moved = ({ transfers }: ModelSnapshot) =>
      transfers.map(
        ({ kind, channel, by, to }) => `${kind}: ${by.slice(6, 10)} sends ${channel.slice(6, 10)} to ${to}`,
      );
    expect(turns('blind-transfer', moved)).toEqual([[], ['blind: 1002 sends 1001 to 1003'], []]);
    expect(turns('attended-transfer', moved)).toEqual([[], ['attended: 1002 sends 1001 to PJSIP/1003-00000056'], []]);
  });
});
