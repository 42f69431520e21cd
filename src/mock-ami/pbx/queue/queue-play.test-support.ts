import { labConfig } from '../../../../test/fixtures.ts';
import { nodeRuntime } from '../../../ami/runtime.node.ts';
import { parseScenario } from '../../../scenarios/parse-scenario.ts';
import { type Performance, playInstantly } from '../../play-in-simulation.ts';

/** An AMI event as the test's own session saw it. */
export interface SeenEvent {
  readonly name: string;
  readonly atMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Setting {
  /** Added to the lab's queues.conf. */
  readonly queues?: string;
  /** Added to the lab's dialplan, context `from-phones`. */
  readonly dialplan?: string;
  readonly agents?: string;
  readonly rules?: string;
  readonly phones?: readonly string[];
  readonly seed?: number;
}

export interface Played extends Performance {
  readonly events: readonly SeenEvent[];
  /** Values of one header of all events of that name. */
  readonly all: (event: string, header: string) => readonly string[];
  /** The last value of a variable that VarSet told. */
  readonly variable: (name: string) => string | undefined;
}

/** Plays steps with the lab's configuration and what a test adds to it; a step that fails throws. */
export function playQueue(steps: readonly string[], setting: Setting = {}): Played {
  const files = new Map(labConfig());
  const add = (file: string, text = ''): void => void files.set(file, `${files.get(file) ?? ''}\n${text}\n`);
  add('queues.conf', setting.queues);
  add('agents.conf', setting.agents);
  add('queuerules.conf', setting.rules);
  add('extensions.conf', setting.dialplan === undefined ? '' : `[from-phones](+)\n${setting.dialplan}`);
  const phones = setting.phones ?? ['1001', '1002', '1003', '1004', '1005', '1006'];
  const yaml = [
    'scenario: test',
    `given: {phones: [${phones.join(', ')}]}`,
    'steps:',
    ...steps.map((step) => `  - ${step}`),
  ];
  const parsed = parseScenario(`${yaml.join('\n')}\n`, 'test.yaml');
  const performance = playInstantly(parsed, { runtime: nodeRuntime(), files, seed: setting.seed ?? 1 });
  if (performance.play.failure !== undefined) throw performance.play.failure;
  const events = performance.trace().lines.flatMap((line) => seen(line.t, line.dir === 'in' ? line.raw : undefined));
  return {
    ...performance,
    events,
    all: (event, header) => events.filter(({ name }) => name === event).map(({ headers }) => headers[header] ?? ''),
    variable: (name) =>
      events.findLast((event) => event.name === 'VarSet' && event.headers['Variable'] === name)?.headers['Value'],
  };
}

function seen(atMs: number, raw: string | undefined): SeenEvent[] {
  const text = (raw ?? '').replace(/^(\r\n)+/, '');
  if (!/^(Event|Response):/.test(text)) return [];
  const headers: Record<string, string> = {};
  for (const row of text.split('\r\n')) {
    const colon = row.indexOf(':');
    if (colon > 0) headers[row.slice(0, colon)] ??= row.slice(colon + 1).trim();
  }
  return [{ name: headers['Event'] ?? 'Response', atMs, headers }];
}

/** A queue `team` with these settings of queues.conf. */
export function team(...settings: readonly string[]): string {
  return ['[team]', ...settings].join('\n');
}

/** Steps that log members in to the queue `team`: `1004` or, with a penalty, `1004:2`. */
export function join(...members: readonly string[]): string[] {
  return members.map((member) => {
    const [phone = '', penalty = '0'] = member.split(':');
    return `admin sends QueueAdd: {Queue: team, Interface: PJSIP/${phone}, Penalty: ${penalty}}`;
  });
}

/** Dials 700 and waits for 20 s at most in the queue `team`; `options` are those of Queue(). */
export function queueAt700(options = ''): string {
  return [
    'exten => 700,1,Answer()',
    ` same => n,Queue(team,${options},,,20)`,
    ' same => n,UserEvent(Left,Status: ${QUEUESTATUS})',
    ' same => n,Hangup()',
  ].join('\n');
}

/** What is still there when nothing may be: channels, bridges, calls that queues follow, members whose calls are awaited. */
export function leftover({ stage }: Played): unknown[] {
  const { channels, bridges, parts } = stage.simulation.state;
  const { calls } = (parts['queueCalls'] ?? { calls: [] }) as { calls: unknown[] };
  const { interfaces } = (parts['pendingQueueMembers'] ?? { interfaces: [] }) as { interfaces: unknown[] };
  const callers = Object.values((parts['queues'] ?? {}) as Record<string, { entries: unknown[] }>);
  return [
    ...Object.keys(channels),
    ...Object.values(bridges).filter(({ channels: inside }) => inside.length > 0),
    ...calls,
    ...interfaces,
    ...callers.flatMap(({ entries }) => entries),
  ];
}

/** What the last action was answered with. */
export function lastAnswer({ events }: Played): SeenEvent['headers'] {
  const isAnswer = ({ name, headers }: SeenEvent): boolean => name === 'Response' && headers['Response'] !== 'Goodbye';
  return events.findLast(isAnswer)?.headers ?? {};
}
