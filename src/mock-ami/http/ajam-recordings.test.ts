import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type HttpLine, labConfig, readHttp } from '../../../test/fixtures.ts';
import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { SeededRandom } from '../../ami/seeded-random.ts';
import { createStage } from '../simulated-stage.ts';
import { Ajam } from './ajam.ts';
import type { AjamResponse } from './ajam-response.ts';
import { digestUsers } from './digest-users.ts';

function openPbx() {
  const clock = new ManualClock();
  const runtime = nodeRuntime({ clock, random: new SeededRandom(1) });
  const stage = createStage({ runtime, files: labConfig(), registered: ['1001', '1002', '1003', '1004'] });
  const users = digestUsers(stage.server);
  return {
    clock,
    stage,
    text: runtime.text,
    ajam: new Ajam({ runtime, connect: (user) => stage.connect(user), users }),
  };
}

/** Sends the recorded requests at their times, with the cookies of our own answers; gives ours and the recorded ones. */
function replay(
  pbx: ReturnType<typeof openPbx>,
  lines: readonly HttpLine[],
): { label: string; ours: string; recorded: string }[] {
  const pairs: { label: string; ours: string; recorded: string }[] = [];
  let cookie = '';
  let now = 0;
  lines.forEach((line, at) => {
    const recorded = lines.slice(at + 1).find(({ dir, conn }) => dir === 'in' && conn === line.conn);
    if (line.dir !== 'out' || recorded === undefined) return;
    const [head = '', body = ''] = (line.raw ?? '').split('\r\n\r\n', 2);
    const [method = '', target = ''] = head.split(' ');
    let response: AjamResponse | undefined;
    pbx.clock.advance(line.t - now);
    const request = {
      method,
      target,
      cookie: head.includes('Cookie: ') ? cookie : '',
      body,
      close: head.includes('Connection: close'),
    };
    pbx.ajam.handle(request, (answer) => {
      response = answer;
    });
    pbx.clock.advance(recorded.t - line.t);
    now = recorded.t;
    cookie = response?.headers.find(([name]) => name === 'Set-Cookie')?.[1].split(';')[0] ?? cookie;
    const ours = asText(response, pbx.text);
    // what listens for HTTP leaves out the body that goes with a HEAD
    const sent = method === 'HEAD' ? ours.slice(0, ours.indexOf('\r\n\r\n') + 4) : ours;
    pairs.push({ label: line.label ?? target, ours: sent, recorded: recorded.raw ?? '' });
  });
  return pairs;
}

function asText(response: AjamResponse | undefined, text: ReturnType<typeof openPbx>['text']): string {
  if (response === undefined) return 'no answer';
  const rows = response.headers.map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${response.status} ${response.reason}`, ...rows, '', text.decode(response.body).text].join('\r\n');
}

/** Headers whose values are those of one moment, in any of the formats. */
const MOMENTARY =
  /\b((?:EventTV|SessionTV|Timestamp|SessionID|RemoteAddress|LocalAddress)(?:: |='|<\/td><td>))[^'<\r\n]*/gi;

/** Without what differs from day to day; the lengths of most of these are the same each day. */
function timeless(answer: string): string {
  return answer
    .replace(/^(Date|Content-Length): .*$/gm, '$1:')
    .replace(MOMENTARY, '$1')
    .replace(/(mansession_id|nonce|opaque)="[0-9a-f]{8}"/g, '$1=""')
    .replace(/\b\d{10}\.\d{6}\b/g, 'timestamp')
    .replace(/\b\d{10}\.(\d+)\b/g, 'epoch.$1')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'uuid');
}

/** The call of the `*-hold-waitevent` recordings, by the phones, at the recorded times. */
function schedule(
  pbx: ReturnType<typeof openPbx>,
  steps: readonly { readonly t: number; readonly step: string }[],
): void {
  pbx.stage.phone('1002').follow({ ringAfterMs: 0, then: { kind: 'answer', afterMs: 600 } });
  const [caller, doing] = [pbx.stage.phone('1001'), { dials: 'dial', holds: 'hold', resumes: 'resume' } as const];
  for (const { t, step } of steps) {
    const verb = step.split(' ')[1] as 'dials' | 'holds' | 'resumes' | 'hangs';
    pbx.clock.setTimer(t, () => (verb === 'hangs' ? caller.hangUp() : caller[doing[verb]]('1002')));
  }
}

/** A client that polls as the recorded one did: the next WaitEvent as soon as there is an answer. */
function poll(
  pbx: ReturnType<typeof openPbx>,
  path: string,
  { turnMs, untilMs }: { readonly turnMs: number; readonly untilMs: number },
): string[] {
  const answers: string[] = [];
  let cookie = '';
  const ask = (query: string): void => {
    const request = { method: 'GET', target: `${path}?${query}`, cookie, body: '', close: false };
    pbx.ajam.handle(request, (response) => {
      answers.push(asText(response, pbx.text));
      cookie = response?.headers.find(([name]) => name === 'Set-Cookie')?.[1].split(';')[0] ?? cookie;
      const drain = answers.length === 1;
      pbx.clock.setTimer(turnMs, () => ask(`action=waitevent&timeout=${drain ? 1 : 4}`));
    });
  };
  ask('action=login&username=admin&secret=adminpw');
  pbx.clock.advance(untilMs);
  return answers;
}

/** From one answer to the next of the recorded client and its Asterisk, where events hurry: the median of those within 1 ms. */
function turnMs(lines: readonly HttpLine[]): number {
  const times = lines.flatMap(({ dir, t }) => (dir === 'in' ? t : []));
  const turns = times.slice(1).map((t, at) => t - (times[at] ?? 0));
  const short = turns.filter((turn) => turn < 1).sort((a, b) => a - b);
  return short[Math.floor(short.length / 2)] ?? 0;
}

const FORMATS = ['rawman', 'mxml', 'manager'] as const;

const EXACT = [
  ...FORMATS.flatMap((format) => [`ajam-${format}-basic`, `ajam-${format}-no-keepalive`]),
  'ajam-http-odds',
];

describe('AJAM beside the recordings', () => {
  it('is held against every one that there is', () => {
    const inCalls = FORMATS.flatMap((format) => [`ajam-${format}-status-in-call`, `ajam-${format}-hold-waitevent`]);
    const there = readdirSync('fixtures/http').filter((file) => file.startsWith('ajam-'));
    const names = there.map((file) => file.replace('.jsonl.gz', ''));
    expect([...EXACT, ...inCalls, 'ajam-rawman-parallel'].sort()).toEqual(names.sort());
  });

  it.each(EXACT)('answers each request of %s as Asterisk did', (name) => {
    const pairs = replay(openPbx(), readHttp(name).lines);
    expect(pairs.length).toBeGreaterThan(4);
    for (const { label, ours, recorded } of pairs) expect(timeless(ours), label).toBe(timeless(recorded));
  });

  it.each(FORMATS)('shows the channels of a call in as many bytes as Asterisk did, to 2 percent, in %s', (format) => {
    const pbx = openPbx();
    const { lines } = readHttp(`ajam-${format}-status-in-call`);
    pbx.stage.phone('1002').follow({ ringAfterMs: 0, then: { kind: 'answer', afterMs: 0 } });
    pbx.stage.phone('1001').dial('1002');
    pbx.clock.advance(10);
    pbx.clock.setTimer((lines.at(-3)?.t ?? 0) - 100, () => pbx.stage.phone('1001').hangUp());
    const pairs = replay(pbx, lines);
    expect(pairs).toHaveLength(6);
    for (const { label, ours, recorded } of pairs) expect(nearness(ours, recorded), label).toBeLessThanOrEqual(0.02);
    // the order of a list is that of hash buckets: which channel comes first, depends on more than the call
    const parts = (answer: string): string[] =>
      timeless(answer)
        .replace(/(PJSIP.100\d)-0{6}\w\w|epoch\.\d+/g, '$1')
        .replace(/(PJSIP.100\d)-0{6}\w\w|epoch\.\d+/g, '$1')
        .split(/\r\n\r\n|\n<response|<hr>/)
        .sort();
    for (const { label, ours, recorded } of pairs.slice(0, 3)) expect(parts(ours), label).toEqual(parts(recorded));
  });

  it.each(FORMATS)('gives who waits for events as many bytes as Asterisk did, to 2 percent, in %s', (format) => {
    const { header, lines } = readHttp(`ajam-${format}-hold-waitevent`);
    const pbx = openPbx();
    schedule(pbx, header['steps'] as { t: number; step: string }[]);
    const ours = withoutMedia(
      poll(pbx, `/${format}`, { turnMs: turnMs(lines), untilMs: (lines.at(-1)?.t ?? 0) - 300 }),
    );
    const answered = lines.flatMap(({ dir, label, raw }) => (dir === 'in' && label !== 'logoff' ? (raw ?? '') : []));
    const recorded = withoutMedia(answered.slice(0, -1));
    // how many events one answer brings is a matter of microseconds: 22, 24 and 28 answers in the three recordings
    expect(ours.length).toBeGreaterThanOrEqual(22);
    expect(ours.length).toBeLessThanOrEqual(28);
    expect(Math.abs(bytes(ours).events / bytes(recorded).events - 1)).toBeLessThanOrEqual(0.02);
    const ifAsOften = bytes(ours).events + (bytes(ours).around / ours.length) * recorded.length;
    expect(Math.abs(ifAsOften / recorded.join('').length - 1)).toBeLessThanOrEqual(0.02);
  });

  it('ends the wait of one tab where another waits too, with the same cookie: ajam-rawman-parallel', () => {
    const { lines } = readHttp('ajam-rawman-parallel');
    const pbx = openPbx();
    const answers: string[] = [];
    let cookie = '';
    for (const [at, line] of lines.entries()) {
      if (line.dir !== 'out') continue;
      const target = (line.raw ?? '').split(' ')[1] ?? '';
      const request = { method: 'GET', target, cookie: at === 0 ? '' : cookie, body: '', close: false };
      pbx.clock.setTimer(line.t, () => {
        pbx.ajam.handle({ ...request, cookie }, (response) => {
          answers.push(asText(response, pbx.text));
          cookie = response?.headers.find(([name]) => name === 'Set-Cookie')?.[1].split(';')[0] ?? cookie;
        });
      });
    }
    pbx.clock.advance(10_000);
    const recorded = lines.flatMap(({ dir, raw }) => (dir === 'in' ? (raw ?? '') : []));
    expect(answers.map(timeless)).toEqual(recorded.map(timeless));
  });
});

/** By how much the lengths differ, as a share of the second. */
function nearness(ours: string, recorded: string): number {
  return Math.abs(ours.length - recorded.length) / recorded.length;
}

/** Bytes of events, and of all around them. */
function bytes(answers: readonly string[]): { readonly events: number; readonly around: number } {
  const whole = answers.join('');
  const around = whole.replace(EVENT, (event) => (event.includes('WaitEventComplete') ? event : '')).length;
  return { events: whole.length - around, around };
}

/** One event in any of the formats. */
const EVENT =
  /Event: \w+\r\n(?:.+\r\n)*\r\n|<response type='object' id='unknown'><generic event=.*\n|<tr><td>Event<\/td>[\s\S]*?<hr><\/td><\/tr>\r\n/g;

/**
 * Without what the recorded phones sent of themselves (RTCP reports, which the simulated ones do not send), without a queue's device that was
 * told of only once after the start of that Asterisk, and without answers that brought nothing else.
 */
function withoutMedia(answers: readonly string[]): string[] {
  return answers.flatMap((answer) => {
    let left = 0;
    let gone = 0;
    const rest = answer.replace(EVENT, (event) => {
      if (/RTCP|Queue:sales_avail/.test(event)) {
        gone++;
        return '';
      }
      if (!event.includes('WaitEventComplete')) left++;
      return event;
    });
    return gone > 0 && left === 0 ? [] : rest;
  });
}
