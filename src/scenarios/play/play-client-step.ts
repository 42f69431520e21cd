import type { ClientStep } from '../types.ts';
import type { AmiClient, Answer } from './ami-client.ts';
import type { Counters, PlayContext } from './play-context.ts';
import { StepFailure } from './step-failure.ts';
import { pause, type Task, until } from './task.ts';

/** The longest that a step waits for a response, a banner or a PBX that does not listen. */
const ANSWER_LIMIT_MS = 10_000;
const CONNECT_LIMIT_MS = 60_000;
const CONNECT_EVERY_MS = 2;
/** The longest that a client waits for its connection to end after Logoff. */
const CLOSE_LIMIT_MS = 2000;

type Of<Kind extends ClientStep['do']> = Extract<ClientStep, { do: Kind }>;

export function* playClientStep(step: ClientStep, context: PlayContext, scope: Counters): Task {
  const name = context.fill(step.client, scope);
  if (step.do === 'stays-away') return;
  const client = context.client(name);
  switch (step.do) {
    case 'client-connects':
      return yield* connect(client, context);
    case 'log-in':
      return yield* logIn(client, step, context, scope);
  }
  if (!client.open) throw new StepFailure(`${name} has no connection; let it log in or connect before`);
  switch (step.do) {
    case 'send':
      return yield* send(client, step, context, scope);
    case 'send-raw':
      return yield* sendRaw(client, step, context, scope);
    case 'log-off':
      return yield* logOff(client, context);
    case 'drop':
      return client.drop();
    case 'half-close':
      return client.halfClose();
    case 'stop-reading':
      return client.setReading(false);
    case 'read-again':
      return client.setReading(true);
  }
}

/** As a program does that wants all events: `user`'s secret is the configuration's. */
export function* logInAs(client: AmiClient, user: string, context: PlayContext): Task {
  yield* logIn(client, { do: 'log-in', client: client.name, user }, context, {});
}

/** Says goodbye and waits for the end of the connection. */
export function* logOff(client: AmiClient, context: PlayContext): Task {
  client.send('Logoff', []);
  yield* closed(client, context);
}

/** Ends the connection; with a goodbye where it had logged in. */
export function* leave(client: AmiClient, context: PlayContext): Task {
  if (client.loggedIn) return yield* logOff(client, context);
  client.halfClose();
  yield* closed(client, context);
}

function* closed(client: AmiClient, { clock, signal }: PlayContext): Task {
  yield* until(() => !client.open, { clock, signal, limitMs: CLOSE_LIMIT_MS });
}

/** Tries until the PBX listens, then waits for its banner, or for the end where it gives none. */
function* connect(client: AmiClient, context: PlayContext): Task {
  if (client.open) return;
  const endMs = context.clock.now() + CONNECT_LIMIT_MS;
  while (!context.connect(client)) {
    if (context.clock.now() >= endMs) throw new StepFailure(`the PBX has not listened for ${CONNECT_LIMIT_MS / 1000}s`);
    yield* pause(context.clock, CONNECT_EVERY_MS);
  }
  yield* answered(() => client.greeted, client, context);
}

function* logIn(client: AmiClient, step: Of<'log-in'>, context: PlayContext, scope: Counters): Task {
  yield* connect(client, context);
  if (!client.open) return;
  const user = context.fill(step.user, scope);
  const secret = step.secret === undefined ? context.stage.managerSecret(user) : context.fill(step.secret, scope);
  const answer = client.send('Login', [
    ['Username', user],
    ['Secret', secret ?? ''],
    ['Events', context.fill(step.events ?? 'on', scope)],
  ]);
  yield* awaitAnswer(answer, client, context);
}

function* send(client: AmiClient, step: Of<'send'>, context: PlayContext, scope: Counters): Task {
  const answer = client.send(context.fill(step.action, scope), context.headers(step.headers, scope), {
    withoutActionId: step.withoutActionId ?? false,
  });
  if (step.withoutWaiting !== true) yield* awaitAnswer(answer, client, context);
  if (step.as !== undefined) context.keep(step.as, answer.message);
}

function* sendRaw(client: AmiClient, step: Of<'send-raw'>, context: PlayContext, scope: Counters): Task {
  const text = context.fill(step.text, scope);
  const bytes = context.runtime.text.encode(text, step.latin1 === true ? 'latin1' : 'utf8');
  if (step.byteEvery === undefined) return client.writeBytes(bytes);
  const everyMs = context.millis(step.byteEvery, scope);
  for (const byte of bytes) {
    client.writeBytes(Uint8Array.of(byte));
    yield* pause(context.clock, everyMs);
  }
}

/** Goes on after the limit too: some actions are never answered. Source: recording `originate-errors`. */
function* awaitAnswer(answer: Answer, client: AmiClient, context: PlayContext): Task {
  yield* answered(() => answer.message !== undefined, client, context);
}

function* answered(test: () => boolean, client: AmiClient, context: PlayContext): Task {
  const { clock, signal } = context;
  yield* until(() => test() || !client.open, { clock, signal, limitMs: ANSWER_LIMIT_MS });
}
