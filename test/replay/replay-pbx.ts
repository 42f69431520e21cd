/**
 * A PBX made of a recording: it lets the gateway log in, answers its actions itself, and sends it the recorded events byte for
 * byte, at their time. Each recorded session is served to one connection, the second to who comes back after the first ended.
 */
import { ActionFramer } from '../../src/ami/action-framer.ts';
import type { Link } from '../../src/ami/link.ts';
import { memoryLinks } from '../../src/ami/memory-link.ts';
import type { AmiMessage } from '../../src/ami/message.ts';
import { parseAction, parseMessage } from '../../src/ami/parse-message.ts';
import { isLive } from '../../src/ami/pending-actions.ts';
import type { Runtime } from '../../src/ami/runtime.ts';
import type { TraceLine } from '../../src/scenarios/trace.ts';
import type { RecordedTrace } from '../fixtures.ts';

const BANNER = 'Asterisk Call Manager/11.0.0\r\n';

/** One AMI session of a recording, from its login on. */
interface RecordedSession {
  readonly events: readonly TraceLine[];
  /** When its login was answered, ms of the recording. */
  readonly loginMs: number;
  /** When it ended, ms of the recording. */
  readonly endMs: number;
}

export class ReplayPbx {
  readonly #runtime: Runtime;
  readonly #sessions: readonly RecordedSession[];
  readonly #lists: ReplayLists;
  #next = 0;
  /** The clock's time at which the first recorded session was logged in to, less that time in the recording. */
  startMs = 0;
  /** The clock's time at which the last recorded session ends; known once that was logged in to. */
  endMs = Number.POSITIVE_INFINITY;
  /** Names of the actions that came, in order. */
  readonly actions: string[] = [];

  /** @param sessions labels of the recorded sessions to serve, in order; the admin's by default */
  constructor(runtime: Runtime, trace: RecordedTrace, sessions: readonly string[] = mainSessions(trace)) {
    this.#runtime = runtime;
    this.#lists = new ReplayLists(Object.keys(trace.header.phones ?? {}));
    this.#sessions = sessions.map((label) => recordedSession(trace, label, runtime));
  }

  /** A link to it, or a refusal where the recording has no further session. */
  async connect(): Promise<Link> {
    const session = this.#sessions[this.#next];
    if (session === undefined) throw new Error('The recording has no further session');
    this.#next += 1;
    const [near, far] = memoryLinks(this.#runtime.clock);
    this.#serve(far, session);
    return near;
  }

  #serve(link: Link, session: RecordedSession): void {
    const framer = new ActionFramer();
    const say = (text: string) => link.write(this.#runtime.text.encode(text));
    link.attach({
      data: (bytes) => {
        for (const frame of framer.push(bytes)) {
          const action = parseAction(frame.bytes, this.#runtime.text);
          say(this.#answer(action));
          if (action.get('Action') === 'Login') this.#play(link, session);
        }
      },
      end: () => link.end(),
      close: () => {},
    });
    say(BANNER);
  }

  #play(link: Link, { events, loginMs, endMs }: RecordedSession): void {
    const { clock, text } = this.#runtime;
    if (this.startMs === 0) this.startMs = clock.now() - loginMs;
    for (const { t, raw = '', encoding } of events)
      clock.setTimer(t - loginMs, () => link.write(text.encode(raw, encoding ?? 'utf8')));
    clock.setTimer(endMs - loginMs, () => link.end());
    if (this.#next === this.#sessions.length) this.endMs = clock.now() + endMs - loginMs;
  }

  #answer(action: AmiMessage): string {
    const name = action.get('Action') ?? '';
    this.actions.push(name);
    const id = `ActionID: ${action.get('ActionID')}`;
    const rows = this.#lists.rows(name);
    if (rows === undefined) return message(PLAIN_ANSWERS[name] ?? ['Response: Error', 'Message: not recorded'], id);
    const list = rows.map(([event = '', ...rest]) => message([event, ...rest], id));
    const complete = [`Event: ${name}Complete`, 'EventList: Complete', `ListItems: ${rows.length}`];
    return [
      message(['Response: Success', 'EventList: start', 'Message: A list'], id),
      ...list,
      message(complete, id),
    ].join('');
  }
}

const PLAIN_ANSWERS: Readonly<Record<string, readonly string[]>> = {
  Challenge: ['Response: Success', 'Challenge: 190012345'],
  Login: ['Response: Success', 'Message: Authentication accepted'],
  Ping: ['Response: Success', 'Ping: Pong', 'Timestamp: 1795385902.277617'],
  Logoff: ['Response: Goodbye', 'Message: Thanks for all the fish.'],
};

/** The lab as it was before each recording: nobody speaks, the phones of the scenario are registered, the others are not. */
class ReplayLists {
  readonly #registered: readonly string[];

  constructor(registered: readonly string[]) {
    this.#registered = registered;
  }

  rows(action: string): readonly (readonly string[])[] | undefined {
    switch (action) {
      case 'CoreShowChannels':
      case 'BridgeList':
      case 'QueueStatus':
        return [];
      case 'ExtensionStateList':
        return HINTED.map((exten) => [
          'Event: ExtensionStatus',
          `Exten: ${exten}`,
          'Context: hints-only',
          `Hint: PJSIP/${exten}`,
          ...(this.#registered.includes(exten)
            ? ['Status: 0', 'StatusText: Idle']
            : ['Status: 4', 'StatusText: Unavailable']),
        ]);
      case 'DeviceStateList':
        return this.#registered.map((exten) => [
          'Event: DeviceStateChange',
          `Device: PJSIP/${exten}`,
          'State: NOT_INUSE',
        ]);
      default:
        return undefined;
    }
  }
}

/** Phones with a hint in the lab's `extensions.conf`. */
const HINTED = ['1001', '1002', '1003', '1004', '1005', '1006'];

/** The ActionID stands second, as in most of Asterisk's messages. */
function message([first, ...rest]: readonly string[], id: string): string {
  return `${[first, id, ...rest].join('\r\n')}\r\n\r\n`;
}

/** The admin's, and those that came after a restart; where there was no admin, the first. */
function mainSessions({ header }: RecordedTrace): readonly string[] {
  const labels = header.sessions ?? [];
  const main = labels.filter((label) => /^(admin|after-.*)$/.test(label));
  return main.length > 0 ? main : labels.slice(0, 1);
}

function recordedSession(trace: RecordedTrace, label: string, runtime: Runtime): RecordedSession {
  const lines = trace.lines.filter((line) => line.conn === undefined || line.conn === label);
  const loginMs = lines.find(({ dir, raw }) => dir === 'in' && raw?.startsWith('Response: Success'))?.t ?? 0;
  const events = lines.filter(({ dir, raw, encoding }) => {
    if (dir !== 'in' || raw === undefined || !raw.startsWith('Event:')) return false;
    return isLive(parseMessage(runtime.text.encode(raw.slice(0, -2), encoding ?? 'utf8'), runtime.text));
  });
  return { events, loginMs, endMs: lines.at(-1)?.t ?? 0 };
}
