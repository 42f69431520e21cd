import { beforeAll, describe, expect, it } from 'vitest';
import { labConfig } from '../../../../test/fixtures.ts';
import { ManualClock } from '../../../ami/manual-clock.ts';
import { memoryLinks } from '../../../ami/memory-link.ts';
import { nodeRuntime } from '../../../ami/runtime.node.ts';
import { asterisk22 } from '../../catalog/asterisk-22.ts';
import type { ConfigOverlay } from '../../config/overlay.ts';
import { createStage, type SimulatedStage, type StageSnapshot } from '../../simulated-stage.ts';
import type { AnswerTable } from './answer-table.test-support.ts';
import { callAnswers } from './call-answers.test-support.ts';
import { channelAnswers } from './channel-answers.test-support.ts';
import { serviceAnswers } from './service-answers.test-support.ts';
import { systemAnswers } from './system-answers.test-support.ts';

const TABLES: readonly AnswerTable[] = [...channelAnswers, ...callAnswers, ...serviceAnswers, ...systemAnswers];
const BLOCKED_MS = 2000;

/** One PBX for all rows, which every row finds as the one before it did. */
class World {
  readonly clock = new ManualClock(1_795_386_000_000);
  readonly stage: SimulatedStage;
  readonly snapshots: Readonly<Record<AnswerTable['situation'], StageSnapshot>>;
  #heard = '';

  constructor(config: ConfigOverlay = {}) {
    this.stage = createStage({ runtime: nodeRuntime({ clock: this.clock }), files: labConfig(), config });
    this.clock.advance(1000);
    const idle = this.stage.snapshot();
    this.#talk();
    this.snapshots = { idle, busy: this.stage.snapshot() };
  }

  #talk(): void {
    const { stage, clock } = this;
    stage.phone('1001').dial('1002');
    clock.advance(500);
    stage.phone('1002').answer();
    clock.advance(500);
    stage.phone('1003').dial('500');
    clock.advance(500);
    stage.phone('1005').dial('610');
    clock.advance(2000);
  }

  /** What the action is answered with, byte for byte, in that situation. */
  answer(rows: readonly string[], situation: AnswerTable['situation'] = 'idle'): string {
    const heard = this.logIn('admin', situation)(rows);
    if (heard !== '') return heard;
    this.clock.advance(BLOCKED_MS);
    return this.#heard;
  }

  /** Logs in to the PBX as it is in that situation; what is sent then gives the bytes that come at once. */
  logIn(user: string, situation: AnswerTable['situation'] = 'idle'): (rows: readonly string[]) => string {
    const { stage, clock } = this;
    const snapshot = this.snapshots[situation];
    stage.restore({ ...snapshot, clockAheadMs: snapshot.atMs - clock.now() });
    const [mine, theirs] = memoryLinks(clock);
    mine.attach({
      data: (bytes) => {
        this.#heard += Buffer.from(bytes).toString();
      },
      end: () => mine.end(),
      close: () => {},
    });
    stage.server.accept(theirs);
    const send = (rows: readonly string[]): string => {
      this.#heard = '';
      mine.write(Buffer.from(`${rows.join('\r\n')}\r\n\r\n`));
      clock.advance(0);
      return this.#heard;
    };
    send(['Action: Login', `Username: ${user}`, `Secret: ${stage.managerSecret(user)}`, 'Events: off']);
    return send;
  }
}

const ID = 'row-1';

/** `Hangup | Channel: x` as it goes over the wire; `each` may write a header in another way. */
function rowsOf(action: string, each: (row: string) => string = (row) => row): string[] {
  const [name = '', ...headers] = action.split(' | ');
  return [`Action: ${name}`, `ActionID: ${ID}`, ...headers].map(each);
}

/** Names in odd case, no blank behind the colon, and one at the end of nothing. */
function oddly(row: string): string {
  const colon = row.indexOf(':');
  if (colon < 0) return row;
  const name = [...row.slice(0, colon)].map((letter, at) =>
    at % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase(),
  );
  return `${name.join('')}:${row.slice(colon + 1).trimStart()}`;
}

const stamped = (text: string): string => text.replace(/Timestamp: [\d.]+/g, 'Timestamp: TIME');

let world: World;
beforeAll(() => {
  world = new World();
});

describe.each(TABLES)('actions as $source has them ($situation)', ({ situation, rows }) => {
  it.each(rows)('%s', (action, answer) => {
    expect(stamped(world.answer(rowsOf(action), situation))).toBe(answer(ID));
  });
});

describe('every answer of the tables', () => {
  it('is the same where headers are written in odd case and without blanks', () => {
    const asked = TABLES.flatMap(({ situation, rows }) =>
      rows.map(([action, answer]) => ({ situation, action, answer })),
    );
    const odd = asked.filter((_, index) => index % 3 === 0);
    const wrong = odd.filter(
      ({ situation, action, answer }) => stamped(world.answer(rowsOf(action, oddly), situation)) !== answer(ID),
    );
    expect(wrong.map(({ action }) => action)).toEqual([]);
  });
});

describe('the right to an action', () => {
  const classes = [...new Set(asterisk22.actions.flatMap(({ privilege }) => privilege.split(',')))].filter(
    (word) => !['all', '<none>'].includes(word),
  );
  const users = Object.fromEntries(classes.map((word) => [`only-${word}`, { secret: 'x', write: word }]));

  // These end the session, hold it, or read the configuration again.
  const asked = asterisk22.actions.filter(({ name }) => !['Logoff', 'WaitEvent', 'Reload'].includes(name));

  it('is that to one of its classes', () => {
    const office = new World({ 'manager.conf': users });
    const denied = `Response: Error\r\nActionID: ${ID}\r\nMessage: Permission denied\r\n\r\n`;
    const wrong = classes.flatMap((word) => {
      const send = office.logIn(`only-${word}`);
      return asked.filter(({ name, privilege }) => {
        const allowed = privilege === '<none>' || privilege.split(',').includes(word);
        return (send(rowsOf(name)) === denied) === allowed;
      });
    });
    expect(wrong).toEqual([]);
  });
});
