import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link } from '../../ami/link.ts';
import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { smallOffice } from '../config/small-office.ts';
import { createStage, type SimulatedStage } from '../simulated-stage.ts';

const runtime = nodeRuntime();
const ACTIONS = [...office().stage.server.actions.keys()];
/** What ends a connection, or the PBX. */
const MAY_CLOSE = /log(?:off|in)|core|restart|stop|module|reload/i;

function office(): { stage: SimulatedStage; clock: ManualClock } {
  const clock = new ManualClock();
  return { clock, stage: createStage({ runtime: { ...runtime, clock }, files: smallOffice }) };
}

/** A program that sends anything, and asks after each whether the PBX is still there. */
class Fuzzer {
  readonly clock: ManualClock;
  readonly stage: SimulatedStage;
  #link: Link | undefined;
  #heard = '';
  #closed = true;
  #probes = 0;

  constructor() {
    const { stage, clock } = office();
    this.stage = stage;
    this.clock = clock;
  }

  /** Sends the chunks, then a Ping; whether that was answered, or the connection has ended. */
  feed(chunks: readonly Uint8Array[]): 'answered' | 'closed' | 'neither' {
    if (this.#closed) this.#logIn();
    for (const chunk of chunks) this.#link?.write(chunk);
    this.clock.advance(0);
    const id = `probe-${++this.#probes}`;
    this.#link?.write(Buffer.from(`\r\n\r\nAction: Ping\r\nActionID: ${id}\r\n\r\n`));
    // An answer may wait for a refusal's second, or for a call that is tried: 60 s at most here.
    for (const waitMs of [0, 1100, 5000, 30_000, 60_000]) {
      this.clock.advance(waitMs);
      if (this.#heard.includes(`ActionID: ${id}\r\nPing: Pong`)) return 'answered';
      if (this.#closed) return 'closed';
    }
    return 'neither';
  }

  /** What could have grown. */
  get size(): Readonly<Record<string, number>> {
    return {
      sessions: this.stage.server.sessions.size,
      timers: this.clock.pending,
      channels: this.stage.simulation.channels().length,
      tasks: this.stage.simulation.state.tasks.length,
      pendingBytes: this.#link?.pendingBytes ?? 0,
    };
  }

  #logIn(): void {
    this.#heard = '';
    for (let tries = 0; tries < 10 && this.#closed; tries++) {
      const link = this.stage.connect();
      if (link === undefined) {
        if (!this.stage.server.listening) this.#start();
        this.clock.advance(2000);
        continue;
      }
      this.#link = link;
      this.#closed = false;
      link.attach({
        data: (bytes) => {
          this.#heard = `${this.#heard.slice(-2000)}${Buffer.from(bytes).toString('latin1')}`;
        },
        end: () => link.end(),
        close: () => {
          this.#closed = true;
        },
      });
      link.write(Buffer.from('Action: Login\r\nUsername: admin\r\nSecret: adminpw\r\n\r\n'));
      this.clock.advance(10);
    }
    if (this.#closed) throw new Error('the PBX takes no connections any more');
  }

  /** An input may have stopped the PBX for good. */
  #start(): void {
    try {
      this.stage.pbx.start();
    } catch {
      this.clock.advance(5000);
    }
  }
}

const word = fc.constantFrom(
  ...[
    '1001',
    '1002',
    'PJSIP/1001',
    'PJSIP/1001-00000000',
    'Local/1002@phones',
    'phones',
    'support',
    '500',
    's',
    '1',
    '0',
  ],
  ...[
    '-1',
    'admin',
    'adminpw',
    'on',
    'off',
    'call',
    'true',
    'no',
    '${CHANNEL}',
    '$[1+1',
    '/.*/',
    '*',
    '',
    'x'.repeat(1100),
    'ü\0ñ',
  ],
  ...[
    'extensions.conf',
    'core show channels',
    'database show',
    'dialplan show',
    'A=B',
    'A=B,C=D',
    '4294967296',
    '1e9',
    '__proto__',
    'constructor',
    'NaN',
    '-',
  ],
);
const name = fc.constantFrom(
  ...[
    'ActionID',
    'Channel',
    'Exten',
    'Context',
    'Priority',
    'Variable',
    'Value',
    'Command',
    'Filename',
    'Timeout',
    'Queue',
  ],
  ...[
    'Interface',
    'Mailbox',
    'Conference',
    'Family',
    'Key',
    'Val',
    'EventMask',
    'Events',
    'AuthType',
    'Data',
    'Application',
  ],
  ...[
    'Async',
    'CallerID',
    'Device',
    'Endpoint',
    'BridgeUniqueid',
    'Channel1',
    'Channel2',
    'Digit',
    'Filter',
    'Operation',
    'Message',
  ],
  ...[
    'Parkinglot',
    'Paused',
    'Penalty',
    'Cause',
    'Directory',
    'State',
    'Status',
    'Username',
    'Secret',
    'ExtraChannel',
    'Cat-000000',
  ],
);
const eol = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r', '\r\n\r\n');
const header = fc.tuple(name, fc.constantFrom(': ', ':', ' : ', ''), word, eol).map((parts) => parts.join(''));
/** An action that the PBX knows, with headers that may fit. */
const action = fc
  .tuple(fc.constantFrom(...ACTIONS), fc.array(header, { maxLength: 6 }), fc.constantFrom('\r\n', '\r\n', ''))
  .map(([what, headers, end]) => Buffer.from(`Action: ${what}\r\n${headers.join('')}${end}`));
const noise = fc.uint8Array({ maxLength: 80 });
const lines = fc.array(fc.constantFrom('\r', '\n', '\0', ':', ' ', 'Action', 'Ping', 'a', '\xff', 'y'.repeat(600)), {
  maxLength: 12,
});
const input = fc
  .tuple(
    fc.oneof(
      { arbitrary: action, weight: 6 },
      { arbitrary: noise, weight: 2 },
      lines.map((list) => Buffer.from(list.join(''), 'latin1')),
    ),
    fc.array(fc.nat(), { maxLength: 3 }),
  )
  .map(([bytes, cuts]) => cutAt(bytes, cuts));

function cutAt(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...places].map((start, at) => bytes.slice(start, places[at] ?? bytes.length));
}

describe('the manager interface, whatever it is sent', () => {
  it('answers the next Ping or ends the connection, and does not grow: 50,000 inputs, cut anywhere', {
    timeout: 300_000,
  }, () => {
    const fuzzer = new Fuzzer();
    let answered = 0;
    fc.assert(
      fc.property(input, (chunks) => {
        const outcome = fuzzer.feed(chunks);
        if (outcome === 'answered') answered++;
        const text = Buffer.concat(chunks).toString('latin1');
        if (outcome === 'closed') expect(text).toMatch(MAY_CLOSE);
        expect(outcome).not.toBe('neither');
      }),
      { seed: 4, numRuns: 50_000, endOnFailure: true },
    );
    expect(answered).toBeGreaterThan(45_000);
    fuzzer.clock.advance(3_600_000);
    expect(fuzzer.feed([])).toBe('answered');
    expect(fuzzer.size).toEqual({ sessions: 1, timers: 0, channels: 0, tasks: 0, pendingBytes: 0 });
  });
});

describe('the manager interface before a login', () => {
  it('answers with a refusal or ends the connection: 2,000 inputs, cut anywhere', () => {
    const { stage, clock } = office();
    fc.assert(
      fc.property(input, (chunks) => {
        const link = stage.connect();
        let heard = '';
        let closed = false;
        link?.attach({
          data: (bytes) => {
            heard += Buffer.from(bytes).toString('latin1');
          },
          end: () => link.end(),
          close: () => {
            closed = true;
          },
        });
        for (const chunk of chunks) link?.write(chunk);
        link?.write(Buffer.from('\r\n\r\nAction: Ping\r\nActionID: probe\r\n\r\n'));
        clock.advance(1100);
        expect(closed || heard.includes('Response: Error\r\nActionID: probe\r\nMessage: Permission denied')).toBe(true);
        link?.destroy();
        clock.advance(1);
      }),
      { seed: 5, numRuns: 2000, endOnFailure: true },
    );
    expect(stage.server.sessions.size).toBe(0);
  });
});

describe('the manager interface, sent megabytes', () => {
  it.each([
    ['of one line', 'x'.repeat(65_536)],
    ['of lines that end no message', 'a: b\r\n'.repeat(10_000)],
    ['of blank lines', '\r\n'.repeat(1000)],
    ['of NUL', '\0'.repeat(65_536)],
  ])('%s keeps none of them', (_what, piece) => {
    const fuzzer = new Fuzzer();
    const bytes = Buffer.from(piece);
    expect(
      fuzzer.feed(
        Array.from({ length: Math.ceil(2_000_000 / bytes.length / (piece.startsWith('\r') ? 20 : 1)) }, () => bytes),
      ),
    ).toBe('answered');
    expect(fuzzer.size).toMatchObject({ sessions: 1, channels: 0, pendingBytes: 0 });
  });
});
