import { describe, expect, it } from 'vitest';
import { type HttpLine, labConfig, readHttp } from '../../../test/fixtures.ts';
import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { SeededRandom } from '../../ami/seeded-random.ts';
import { createStage } from '../simulated-stage.ts';
import { Ajam, type AjamResponse } from './ajam.ts';

function openPbx() {
  const clock = new ManualClock();
  const runtime = nodeRuntime({ clock, random: new SeededRandom(1) });
  const stage = createStage({ runtime, files: labConfig(), registered: ['1001', '1002', '1003', '1004'] });
  return { clock, stage, text: runtime.text, ajam: new Ajam({ runtime, connect: () => stage.connect() }) };
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
    pairs.push({ label: line.label ?? target, ours: asText(response, pbx.text), recorded: recorded.raw ?? '' });
  });
  return pairs;
}

function asText(response: AjamResponse | undefined, text: ReturnType<typeof openPbx>['text']): string {
  if (response === undefined) return 'no answer';
  const rows = response.headers.map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${response.status} ${response.reason}`, ...rows, '', text.decode(response.body).text].join('\r\n');
}

/** Without what differs from day to day; the lengths of most of these are the same each day. */
function timeless(answer: string): string {
  return answer
    .replace(/^(Date|EventTV|SessionTV|Timestamp|SessionID|RemoteAddress|LocalAddress|Content-Length): .*$/gm, '$1:')
    .replace(/mansession_id="[0-9a-f]{8}"/, 'mansession_id=""')
    .replace(/\b\d{10}\.(\d+)\b/g, 'epoch.$1')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'uuid');
}

describe('AJAM beside the recordings', () => {
  it.each(['ajam-rawman-basic', 'ajam-rawman-no-keepalive'])('answers each request of %s as Asterisk did', (name) => {
    const pairs = replay(openPbx(), readHttp(name).lines);
    expect(pairs.length).toBeGreaterThan(4);
    for (const { label, ours, recorded } of pairs) {
      if (label === 'parkinglots') continue;
      expect(timeless(ours), label).toBe(timeless(recorded));
    }
  });

  it('shows the channels of a call as Asterisk did', () => {
    const pbx = openPbx();
    const { lines } = readHttp('ajam-rawman-status-in-call');
    const inCall = lines.slice(
      0,
      lines.findIndex(({ label }) => label === 'coreshowchannels'),
    );
    pbx.stage.phone('1001').dial('1003');
    pbx.clock.advance(50);
    pbx.stage.phone('1001').hangUp();
    pbx.clock.advance(50);
    pbx.stage.phone('1002').follow({ ringAfterMs: 0, then: { kind: 'answer', afterMs: 0 } });
    pbx.stage.phone('1001').dial('1002');
    pbx.clock.advance(10);
    // the order of a list is that of hash buckets: which channel comes first, depends on more than the call
    const messages = (answer: string): string[] => timeless(answer).split('\r\n\r\n').sort();
    for (const { label, ours, recorded } of replay(pbx, inCall)) {
      expect(messages(ours), label).toEqual(messages(recorded));
    }
  });

  it('gives as many bytes as Asterisk did where nothing in them varies in length', () => {
    const lines = readHttp('ajam-rawman-basic').lines;
    const steady = ['login', 'ping', 'status', 'coreshowchannels', 'WaitEvent, nothing happens, 2 s', 'logoff'];
    const pairs = replay(openPbx(), lines).filter(({ label }) => steady.includes(label));
    expect(pairs.map(({ ours }) => ours.length)).toEqual(pairs.map(({ recorded }) => recorded.length));
    expect(pairs).toHaveLength(steady.length);
  });
});
