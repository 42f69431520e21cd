import { expect } from 'vitest';
import { ActionFramer } from './action-framer.ts';
import type { AmiError } from './ami-error.ts';
import { latin1 } from './cuts.test-support.ts';
import { ManualClock } from './manual-clock.ts';
import { memoryLinks } from './memory-link.ts';
import type { AmiMessage } from './message.ts';
import { parseAction } from './parse-message.ts';
import { nodeRuntime } from './runtime.node.ts';
import { SeededRandom } from './seeded-random.ts';
import { AmiSession, type SessionOptions } from './session.ts';

export const BANNER = 'Asterisk Call Manager/11.0.0\r\n';
export const ADMIN = { username: 'admin', secret: 'adminpw', method: 'plain' } as const;
/** Matches an AmiError of that code. */
export const codeOf = (code: string) => expect.objectContaining({ name: 'AmiError', code });

/** A session, and the far side of its link in the test's hands. */
export function openSession(options: SessionOptions = {}) {
  const clock = new ManualClock();
  const runtime = nodeRuntime({ clock, random: new SeededRandom(1) });
  const [near, far] = memoryLinks(clock);
  const events: AmiMessage[] = [];
  const faults: AmiError[] = [];
  const actions: AmiMessage[] = [];
  const ends: string[] = [];
  const framer = new ActionFramer();
  far.attach({
    data: (bytes) => {
      for (const frame of framer.push(bytes)) actions.push(parseAction(frame.bytes, runtime.text));
    },
    end: () => ends.push('end'),
    close: (error) => ends.push(error === undefined ? 'close' : 'reset'),
  });
  const session = new AmiSession(near, runtime, {
    onEvent: (event) => events.push(event),
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  /** Lets everything on its way arrive, and all that follows at the same time. */
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) {
      clock.advance(0);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  };
  const say = async (text: string) => {
    far.write(latin1(text));
    await settle();
  };
  /** ActionID of the action that came last, or of the one `back` before it. */
  const id = (back = 0) => actions.at(-1 - back)?.get('ActionID') ?? 'none';
  return { session, far, clock, events, faults, actions, ends, settle, say, id };
}

export async function loggedIn(options: SessionOptions = {}) {
  const all = openSession(options);
  const login = all.session.login(ADMIN);
  await all.say(BANNER);
  await all.say(`Response: Success\r\nActionID: ${all.id()}\r\nMessage: Authentication accepted\r\n\r\n`);
  await login;
  return all;
}

/** How a promise stands; attaching this handles its rejection. */
export function outcome<Value>(promise: Promise<Value>) {
  const seen: { value?: Value; error?: AmiError } = {};
  promise.then(
    (value) => {
      seen.value = value;
    },
    (error: AmiError) => {
      seen.error = error;
    },
  );
  return seen;
}
