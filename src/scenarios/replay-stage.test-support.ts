import { type PhoneLogLine, phoneLogNames, readPhoneLog, readTrace } from '../../test/fixtures.ts';
import type { Link } from '../ami/link.ts';
import { FakeStage } from './fake-stage.test-support.ts';
import type { StageCall } from './stage.ts';
import type { TraceHeader, TraceLine } from './trace.ts';

/** What a phone calls a call that its log does not know yet. */
const DIALLING = 'dialling';
const PHONES = ['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008', '1090', 'trunk'];

/**
 * A stage on which a recording happens again at its own times, whatever the phones are told: events come, phones have their
 * calls, and each action of a client gets the answer that the action in its place got, as late.
 */
export function replayStage(name: string): FakeStage {
  const stage = new FakeStage(PHONES);
  const { header, lines } = readTrace(name);
  const sessions = [...new Set(lines.map((line) => line.conn ?? ''))];
  const answers = new Map(sessions.map((session) => [session, recordedAnswers(lines, session)]));
  const sessionOf = (link: Link): string => sessions[stage.links.indexOf(link)] ?? '';
  stage.answers = (action, actionId, link) => {
    const answer = answers.get(sessionOf(link))?.shift();
    if (answer === undefined || action === 'Logoff') return undefined;
    stage.clock.setTimer(answer.afterMs, () => stage.say(withActionId(answer.raw, actionId), link));
    return undefined;
  };
  for (const line of lines) {
    const event = line.dir === 'in' && /^Event: /.test(line.raw ?? '');
    if (event || (line.dir === 'close' && !saidGoodbye(lines, line.conn)))
      stage.clock.setTimer(line.t, () => happen(stage, line, sessions));
  }
  for (const phone of PHONES.map((each) => stage.phone(each))) {
    // the log's own word for it comes some milliseconds later
    phone.dial = () => {
      phone.calls = [...phone.calls, callOf(DIALLING, 'calling', 'out')];
    };
  }
  refuseWhileDown(stage, header, lines);
  const log = phoneLogNames().includes(name) ? readPhoneLog(name) : [];
  for (const line of log) stage.clock.setTimer(line.t, () => ring(stage, line));
  return stage;
}

/** From the end of the first session to the banner of the second, where the recorder found nobody listening. */
function refuseWhileDown(stage: FakeStage, header: TraceHeader, lines: readonly TraceLine[]): void {
  const [first, second] = header.sessions ?? [];
  const down = lines.find((line) => line.dir === 'close' && line.conn === first);
  const up = lines.find((line) => line.dir === 'in' && line.conn === second);
  if (down === undefined || up === undefined || !header.steps?.some(({ step }) => / refused tries$/.test(step))) return;
  stage.clock.setTimer(down.t, () => {
    stage.listening = false;
  });
  stage.clock.setTimer(up.t, () => {
    stage.listening = true;
  });
}

interface RecordedAnswer {
  readonly raw: string;
  readonly afterMs: number;
}

/** For each action of a session, in order; `undefined` where none came. */
function recordedAnswers(lines: readonly TraceLine[], session: string): (RecordedAnswer | undefined)[] {
  const own = lines.filter((line) => (line.conn ?? '') === session);
  const used = new Set<TraceLine>();
  let text = '';
  return own.flatMap((line, at) => {
    if (line.dir !== 'out') return [];
    text += line.raw ?? '';
    const actions = text.split('\r\n\r\n');
    text = actions.pop() ?? '';
    return actions.map((action) => {
      const id = /^ActionID: *(.*)$/im.exec(action)?.[1]?.trim() ?? '';
      const answer = own.find(
        (each, place) => place > at && !used.has(each) && each.dir === 'in' && isAnswer(each.raw ?? '', id),
      );
      if (answer === undefined) return undefined;
      used.add(answer);
      return { raw: answer.raw ?? '', afterMs: answer.t - line.t };
    });
  });
}

function isAnswer(raw: string, actionId: string): boolean {
  if (!/^\s*Response:/.test(raw)) return false;
  return (/^ActionID: *(.*)\r$/m.exec(raw)?.[1]?.trim() ?? '') === actionId;
}

function withActionId(raw: string, actionId: string | undefined): string {
  return raw.replace(/^ActionID: .*\r\n/m, actionId === undefined ? '' : `ActionID: ${actionId}\r\n`);
}

function happen(stage: FakeStage, line: TraceLine, sessions: readonly string[]): void {
  const link = stage.links[sessions.indexOf(line.conn ?? '')];
  if (line.dir === 'close') {
    link?.end();
    return;
  }
  const raw = line.raw ?? '';
  const [, channel, phone] = /^Event: Newchannel\r\n(?:.*\r\n)*?Channel: (PJSIP\/(\w+)-[0-9a-f]{8})\r/.exec(raw) ?? [];
  if (phone !== undefined && channel !== undefined) stage.setChannel(phone, channel);
  if (link !== undefined) stage.say(raw, link);
}

/** What the phone's own log says of its calls. */
function ring(stage: FakeStage, line: PhoneLogLine): void {
  if (!PHONES.includes(line.phone)) return;
  const phone = stage.phone(line.phone);
  const id = String(line['call']);
  const others = phone.calls.filter((call) => call.other !== id && call.other !== DIALLING);
  const { ev, ['state']: state } = line;
  if (ev === 'incoming') phone.calls = [...others, callOf(id, 'ringing', 'in')];
  else if (state === 'CALLING') phone.calls = [...others, callOf(id, 'calling', 'out')];
  else if (state === 'CONFIRMED') phone.calls = [...others, callOf(id, 'up', 'out')];
  else if (state === 'DISCONNECTED') phone.calls = others;
}

function callOf(other: string, state: StageCall['state'], direction: StageCall['direction']): StageCall {
  return { other, direction, state, holding: false, sinceMs: 0 };
}

/** Then the connection ends when it does so here, not when it did so there. */
function saidGoodbye(lines: readonly TraceLine[], conn: string | undefined): boolean {
  return lines.some((line) => line.dir === 'out' && line.conn === conn && /^Action: Logoff/.test(line.raw ?? ''));
}
