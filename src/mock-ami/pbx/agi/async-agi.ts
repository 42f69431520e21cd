import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { emitShown } from '../channel.ts';
import { finishApplication } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';
import { setVariable } from '../variables.ts';
import { type AgiOutcome, runAgiCommand } from './agi-commands.ts';

const ASYNC_AGI = 'AsyncAGI';
/** Where the session is kept while an application that it runs has the channel. */
const SESSION = 'asyncAgi';

interface AgiCommandLine {
  readonly line: string;
  readonly commandId: string;
}

interface AgiSession {
  readonly queue: AgiCommandLine[];
  /** A command runs, and the others wait. */
  busy: boolean;
}

/** The channel's thread looks for a command each time that it hears 20 ms of sound. */
const LOOK_MS = 10;

const look = task<{ channel: string }>('agi.look');
const commandDone = task<{
  channel: string;
  id: string;
  command: AgiCommandLine;
  code: number;
  text: string;
  playback: boolean;
}>('agi.done');

/** What `EXEC` ran has ended: the channel is the session's again, at its place. */
const applicationEnded = task<{
  channel: string;
  id: string;
  command: AgiCommandLine;
  priority: number;
  application: string;
  data: string;
}>('agi.applicationEnded');

function sessionOf(channel: Channel | undefined): AgiSession | undefined {
  return channel?.extra[SESSION] as AgiSession | undefined;
}

/** Gives the session of that channel a command; false where none runs there. */
export function queueAgiCommand(pbx: Pbx, channel: Channel, line: string, commandId: string): boolean {
  const session = sessionOf(channel);
  if (session === undefined) return false;
  session.queue.push({ line, commandId });
  pbx.after(LOOK_MS, look, { channel: channel.uniqueid });
  return true;
}

/** What an AGI script is told first. Source: `setup_env`, res/res_agi.c. */
function environment(pbx: Pbx, channel: Channel): string {
  const rows: readonly (readonly [string, string | number])[] = [
    ['request', 'async'],
    ['channel', channel.name],
    ['language', channel.language],
    ['type', channel.tech],
    ['uniqueid', channel.uniqueid],
    ['version', '22.10.1'],
    ['callerid', channel.caller.num === '' ? 'unknown' : channel.caller.num],
    ['calleridname', channel.caller.name === '' ? 'unknown' : channel.caller.name],
    ['callingpres', 0],
    ['callingani2', 0],
    ['callington', 0],
    ['callingtns', 0],
    ['dnid', channel.dialedNumber === '' ? 'unknown' : channel.dialedNumber],
    ['rdnis', 'unknown'],
    ['context', channel.context],
    ['extension', channel.exten],
    ['priority', channel.priority],
    ['enhanced', '0.0'],
    ['accountcode', channel.accountCode],
    ['threadid', 140_000_000_000_000 + Math.floor(pbx.random() * 1e12)],
  ];
  return `${rows.map(([name, value]) => `agi_${name}: ${value}\n`).join('')}\n`;
}

function agi(pbx: Pbx, channel: Channel, args: string): ApplicationResult {
  if (args.split(',')[0]?.toLowerCase() !== 'agi:async') {
    // Scripts and AGI servers are outside of the simulation.
    setVariable(pbx, channel, 'AGISTATUS', 'NOTFOUND');
    return 'next';
  }
  beginActivity(channel, ASYNC_AGI, {});
  channel.extra[SESSION] = { queue: [], busy: false } satisfies AgiSession;
  emitShown(pbx, channel, 'AsyncAGIStart', [['Env', encodeURIComponent(environment(pbx, channel))]]);
  return 'wait';
}

function runNext(pbx: Pbx, channel: Channel): void {
  const session = sessionOf(channel);
  if (session === undefined || session.busy) return;
  const command = session.queue.shift();
  if (command === undefined) return;
  session.busy = true;
  const id = String(Math.floor(pbx.random() * 2 ** 31));
  emitShown(pbx, channel, 'AGIExecStart', [
    ['CommandId', id],
    ['Command', command.line],
  ]);
  follow(pbx, channel, runAgiCommand(pbx, channel, command.line), command, id);
}

function follow(pbx: Pbx, channel: Channel, outcome: AgiOutcome, command: AgiCommandLine, id: string): void {
  const { uniqueid } = channel;
  if (outcome.kind === 'application') return runApplication(pbx, channel, outcome, command, id);
  if (outcome.kind === 'later') {
    const { text, playback } = outcome;
    pbx.after(outcome.afterMs, commandDone, { channel: uniqueid, id, command, code: 200, text, playback });
    return;
  }
  const { code, text } = outcome.kind === 'break' ? { code: 200, text: 'result=0' } : outcome;
  answer(pbx, channel, { id, command, code, text });
  if (outcome.kind === 'break') return leave(pbx, channel, 'SUCCESS', 'next');
  runNext(pbx, channel);
}

/** An application runs as a part of the session, with the channel where it is. */
function runApplication(
  pbx: Pbx,
  channel: Channel,
  { name, args }: { readonly name: string; readonly args: string },
  command: AgiCommandLine,
  id: string,
): void {
  const application = pbx.machinery.applications.get(name.toLowerCase());
  if (application === undefined) {
    answer(pbx, channel, { id, command, code: 200, text: 'result=-2' });
    return runNext(pbx, channel);
  }
  const { priority } = channel;
  const place = {
    channel: channel.uniqueid,
    id,
    command,
    priority,
    application: channel.application,
    data: channel.applicationData,
  };
  channel.runs.push({
    kind: 'sub',
    gosubDepth: channel.gosub.length,
    once: true,
    then: continuation(applicationEnded, place),
  });
  const result = application(pbx, channel, args);
  if (result !== 'wait') finishApplication(pbx, channel.uniqueid, result);
}

function answer(
  pbx: Pbx,
  channel: Channel,
  { id, command, code, text }: { id: string; command: AgiCommandLine; code: number; text: string },
): void {
  emitShown(pbx, channel, 'AGIExecEnd', [
    ['CommandId', id],
    ['Command', command.line],
    ['ResultCode', String(code)],
    ['Result', code === 200 ? 'Success' : text],
  ]);
  const commandId: readonly (readonly [string, string])[] =
    command.commandId === '' ? [] : [['CommandId', command.commandId]];
  emitShown(pbx, channel, 'AsyncAGIExec', [['Result', encodeURIComponent(`${code} ${text}\n`)], ...commandId]);
  const session = sessionOf(channel);
  if (session !== undefined) session.busy = false;
}

function leave(pbx: Pbx, channel: Channel, status: 'SUCCESS' | 'HANGUP', result: ApplicationResult): void {
  delete channel.extra[SESSION];
  emitShown(pbx, channel, 'AsyncAGIEnd');
  setVariable(pbx, channel, 'AGISTATUS', status);
  finishApplication(pbx, channel.uniqueid, result);
}

export const asyncAgiActivity: ActivityHandler = {
  name: ASYNC_AGI,
  hungUp: (pbx, channel) => leave(pbx, channel, 'HANGUP', 'hangup'),
};

export const asyncAgiTasks: readonly TaskHandler[] = [
  handle(look, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    if (channel !== undefined && activityData(channel, ASYNC_AGI) !== undefined) runNext(pbx, channel);
  }),
  handle(commandDone, (pbx, { channel: uniqueid, id, command, code, text, playback }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined || activityData(channel, ASYNC_AGI) === undefined) return;
    if (playback) setVariable(pbx, channel, 'PLAYBACKSTATUS', 'SUCCESS');
    answer(pbx, channel, { id, command, code, text });
    runNext(pbx, channel);
  }),
  handle(applicationEnded, (pbx, { channel: uniqueid, id, command, priority, application, data }) => {
    const channel = pbx.channel(uniqueid);
    if (channel === undefined) return;
    Object.assign(channel, { priority, application, applicationData: data });
    beginActivity(channel, ASYNC_AGI, {});
    answer(pbx, channel, { id, command, code: 200, text: 'result=0' });
    if (channel.hangupRequested) leave(pbx, channel, 'HANGUP', 'hangup');
    else runNext(pbx, channel);
  }),
];

/** `AGI(agi:async)`: a manager runs the channel by AGI commands. Source: `launch_asyncagi`, res/res_agi.c; recording `async-agi`. */
export const agiApplications: Readonly<Record<string, Application>> = { agi, eagi: agi, deadagi: agi };
