import { AmiError } from '../../ami/ami-error.ts';
import type { Link } from '../../ami/link.ts';
import type { Runtime } from '../../ami/runtime.ts';
import { CaseClient } from './case-client.ts';
import { conforms } from './compare-answers.ts';
import type { ConformanceCase, Sent } from './conformance-case.ts';

export interface Tested {
  /** Opens a connection to the server. */
  readonly connect: () => Promise<Link>;
  readonly runtime: Pick<Runtime, 'clock' | 'digest' | 'text'>;
  readonly user: string;
  readonly secret: string;
  /** How long an answer may take. */
  readonly timeoutMs: number;
}

export interface CaseResult {
  readonly name: string;
  readonly rule: string;
  readonly source: string;
  /** `skipped`: the user may not do that, or the module that does it is not loaded. */
  readonly outcome: 'passed' | 'differs' | 'skipped';
  readonly expected: readonly string[];
  readonly got: readonly string[];
}

const BANNER = /^Asterisk Call Manager\/\d+\.\d+\.\d+\r\n$/;
const LAST = 'conformance-last';
const CLOSED = '(the connection ends)';
const OPEN = '(the connection stays)';
const TIMEOUT = '(nothing more in time)';

/** What a user without the right, or a PBX without the module, is told. */
const SKIP = /^Response: Error\r\n(?:ActionID: .*\r\n)?Message: (?:Permission denied|Invalid\/unknown command: )/;

/** Plays one case on a connection of its own. */
export async function runCase(one: ConformanceCase, tested: Tested): Promise<CaseResult> {
  const { name, rule, source } = one;
  const expected = [...one.expect, one.closes === true ? CLOSED : OPEN];
  const got = await answersTo(one, tested);
  return { name, rule, source, outcome: outcomeOf(one, expected, got), expected, got };
}

function outcomeOf(
  { expect }: ConformanceCase,
  expected: readonly string[],
  got: readonly string[],
): CaseResult['outcome'] {
  const isDenied = got.some((text) => SKIP.test(text)) && !expect.some((text) => SKIP.test(text));
  if (isDenied) return 'skipped';
  return conforms(expected, got) ? 'passed' : 'differs';
}

/** All answers, and how it ended, in brackets. */
async function answersTo(one: ConformanceCase, tested: Tested): Promise<readonly string[]> {
  let client: CaseClient;
  try {
    client = new CaseClient(await tested.connect(), tested.runtime);
  } catch (error) {
    if (error instanceof AmiError) return [`(no connection: ${error.message})`];
    throw error;
  }
  try {
    return await talk(client, one, tested);
  } finally {
    client.drop();
  }
}

async function talk(client: CaseClient, one: ConformanceCase, tested: Tested): Promise<readonly string[]> {
  const { user, secret, timeoutMs, runtime } = tested;
  const fill = (text: string): string =>
    text
      .replaceAll('{user}', user)
      .replaceAll('{secret}', secret)
      .replaceAll('{md5}', () => runtime.digest.md5(client.challenge + secret));
  await client.until(() => client.banner !== undefined, timeoutMs);
  if (!BANNER.test(client.banner ?? '')) return [client.banner ?? TIMEOUT];
  if (one.stranger !== true) {
    client.send(fill('Action: Login\r\nUsername: {user}\r\nSecret: {secret}\r\nEvents: off\r\n\r\n'));
    await client.until(() => client.answers.length > 0, timeoutMs);
    const welcome = client.answers.splice(0);
    if (!/Message: Authentication accepted/.test(welcome[0] ?? '')) return ['(the login failed)', ...welcome];
  }
  for (const piece of one.send) await sendPiece(piece, one, { client, fill, timeoutMs });
  if (one.halfCloses === true) client.end();
  if (one.closes !== true) client.send(`Action: Ping\r\nActionID: ${LAST}\r\n\r\n`);
  const isLast = (text: string): boolean => text.includes(LAST);
  const inTime = await client.until(() => client.closed || client.answers.some(isLast), timeoutMs);
  return [...client.answers.filter((text) => !isLast(text)), ending(client, inTime)];
}

async function sendPiece(
  piece: Sent,
  { byteByByte }: ConformanceCase,
  by: { readonly client: CaseClient; readonly fill: (text: string) => string; readonly timeoutMs: number },
): Promise<void> {
  const { client, fill, timeoutMs } = by;
  if (typeof piece === 'string')
    for (const part of byteByByte === true ? fill(piece) : [fill(piece)]) client.send(part);
  else if ('pauseMs' in piece) await client.until(() => false, piece.pauseMs);
  else await client.until(() => client.answers.length >= piece.awaitAnswers, timeoutMs);
}

function ending(client: CaseClient, inTime: boolean): string {
  if (client.closed) return CLOSED;
  return inTime ? OPEN : TIMEOUT;
}
