import { describe, expect, it } from 'vitest';
import { readTrace, traceNames } from '../../test/fixtures.ts';
import type { TraceLine } from '../scenarios/trace.ts';
import { latin1 } from './cuts.test-support.ts';
import type { AmiMessage } from './message.ts';
import { parseAction, parseMessage } from './parse-message.ts';
import type { AmiReply } from './pending-actions.ts';
import { nodeRuntime } from './runtime.node.ts';
import { BANNER, openSession, outcome } from './session.test-support.ts';

const { text } = nodeRuntime();

/** Actions whose answers do not say that more follows. */
const UNTIL = new Map([
  ['WaitEvent', 'WaitEventComplete'],
  ['FAXStats', 'FAXStats'],
]);

/** Recordings of one connection by one client who got an answer. */
const names = traceNames().filter((name) => {
  const { lines } = readTrace(name);
  return (
    lines.length > 2 &&
    new Set(lines.map(({ conn }) => conn)).size === 1 &&
    lines.filter(({ raw }) => raw === BANNER).length === 1
  );
});

const bytesOf = ({ raw = '', encoding }: TraceLine) => Buffer.from(raw, encoding ?? 'utf8');

/** Sends the actions that the recorded client sent, as far as a session would, and answers them as was recorded. */
async function replay(lines: readonly TraceLine[]) {
  const all = openSession({ timeoutMs: 1e9 });
  /** What the session's ActionIDs are, by the recorded ones. */
  const ids = new Map<string, string>();
  const replies = new Map<string, { readonly value?: AmiReply }>();
  const received: AmiMessage[] = [];

  const send = async (line: TraceLine) => {
    const action = parseAction(bytesOf(line), text);
    const [name, recorded] = [action.get('Action'), action.get('ActionID')];
    if (name === undefined || recorded === undefined || ids.has(recorded)) return;
    const headers = action.headers.filter(([header]) => !/^(|action|actionid)$/i.test(header));
    const until = UNTIL.get(name);
    const before = all.actions.length;
    const reply = outcome(all.session.request(name, headers, until === undefined ? {} : { until }));
    await all.settle();
    // Some recordings send what a session refuses to.
    if (all.actions.length === before) return;
    ids.set(recorded, all.id());
    replies.set(all.id(), reply);
  };
  const answer = async (line: TraceLine) => {
    const wire = bytesOf(line).toString('latin1');
    const renamed = wire.replace(/^ActionID: (.*)\r$/m, (row, id) =>
      ids.has(id) ? `ActionID: ${ids.get(id)}\r` : row,
    );
    await all.say(renamed);
    if (wire !== BANNER && wire.endsWith('\r\n\r\n'))
      received.push(parseMessage(latin1(renamed.trim().concat('\r\n')), text));
  };
  for (const line of lines) {
    if (line.dir === 'out') await send(line);
    else if (line.dir === 'in') await answer(line);
  }
  all.session.close();
  await all.settle();
  return { ...all, replies, received };
}

const isLive = (message: AmiMessage) => message.event !== undefined && /,/.test(message.get('Privilege') ?? '');
const wire = (messages: readonly (AmiMessage | undefined)[]) =>
  messages.map((message) => message?.rows.join('\n').trim());

describe('a session that leads recorded ones again', () => {
  it.each(names.map((name) => ({ name })))('gives every message to whom it is for: $name', async ({ name }) => {
    const { replies, received, events, faults, clock } = await replay(readTrace(name).lines);
    expect(wire(events)).toEqual(wire(received.filter(isLive)));

    const answers = received.filter((message) => !isLive(message));
    let taken = 0;
    for (const [id, { value }] of replies) {
      const mine = answers.filter((message) => message.get('ActionID') === id);
      if (mine.length === 0) continue;
      expect(value, mine[0]?.rows.join()).toBeDefined();
      const { response, rows = [], complete } = value ?? {};
      const given = complete === undefined ? [response] : [response, ...rows, complete];
      if (/^start$/i.test(response?.get('EventList') ?? '')) expect(complete, id).toBeDefined();
      // Asterisk may answer twice: to a ModuleLoad with two faults, say.
      expect(wire(given)).toEqual(wire(complete === undefined ? mine.slice(0, 1) : mine));
      taken += given.length;
      const items = complete?.get('ListItems');
      if (items !== undefined) expect(rows).toHaveLength(Number(items));
    }
    expect(faults.map(({ code }) => code)).toEqual(answers.slice(taken).map(() => 'AMI_UNEXPECTED_RESPONSE'));
    expect(clock.pending).toBe(0);
  });
});
