import type { ConfCategory, ConfEntry, ConfFile } from './conf-file.ts';
import { ConfValues, isTrue, valuesOf } from './conf-values.ts';
import type { WarningSink } from './config-warning.ts';

export const queueStrategies = [
  'ringall',
  'leastrecent',
  'fewestcalls',
  'random',
  'rrmemory',
  'linear',
  'wrandom',
  'rrordered',
] as const;
export type QueueStrategy = (typeof queueStrategies)[number];

/** `member => interface,penalty,name,state interface,ringinuse,wrapuptime,paused`. */
export interface QueueMemberConf {
  readonly interface: string;
  readonly penalty: number;
  /** The interface where no name was given. */
  readonly name: string;
  readonly stateInterface: string;
  /** Absent: as the queue. */
  readonly ringInUse?: boolean;
  /** Seconds; absent: as the queue. */
  readonly wrapupTime?: number;
  readonly paused: boolean;
}

/** Times in seconds, as in queues.conf. */
export interface QueueConf {
  readonly name: string;
  readonly strategy: QueueStrategy;
  readonly musicClass: string;
  /** How long a member rings; 0: as long as the caller waits. */
  readonly timeout: number;
  readonly retry: number;
  /** Whether the time of the Queue application or of this file ends the ringing. */
  readonly timeoutPriority: 'app' | 'conf';
  readonly timeoutRestart: boolean;
  readonly wrapupTime: number;
  /** 0: no limit. */
  readonly maxLen: number;
  readonly ringInUse: boolean;
  readonly autofill: boolean;
  readonly joinEmpty: EmptyRule;
  readonly leaveWhenEmpty: EmptyRule;
  readonly serviceLevel: number;
  readonly weight: number;
  readonly memberDelay: number;
  readonly announceFrequency: number;
  /** Between the beginnings of two announcements of the position. */
  readonly minAnnounceFrequency: number;
  readonly announceHoldTime: boolean;
  readonly periodicAnnounceFrequency: number;
  readonly autopause: 'no' | 'yes' | 'all';
  readonly autopauseDelay: number;
  readonly autopauseBusy: boolean;
  readonly autopauseUnavail: boolean;
  readonly setInterfaceVar: boolean;
  readonly setQueueVar: boolean;
  readonly setQueueEntryVar: boolean;
  readonly penaltyMembersLimit: number;
  readonly defaultRule: string;
  /** Where single digits of a waiting caller lead; empty: nowhere. */
  readonly context: string;
  readonly memberGosub: string;
  readonly announce: string;
  readonly reportHoldTime: boolean;
  readonly members: readonly QueueMemberConf[];
}

/** States in which a member does not count as there; none: an empty queue may be joined and waited in. */
export type EmptyRule = readonly (
  | 'paused'
  | 'penalty'
  | 'inuse'
  | 'ringing'
  | 'unavailable'
  | 'invalid'
  | 'unknown'
  | 'wrapup'
)[];

export interface QueuesConf {
  readonly persistentMembers: boolean;
  readonly autofill: boolean;
  readonly sharedLastCall: boolean;
  readonly logMemberNameAsAgent: boolean;
  readonly queues: ReadonlyMap<string, QueueConf>;
}

/** queues.conf. Source: apps/app_queue.c, init_queue and queue_set_param. */
export function readQueuesConf(conf: ConfFile, warn: WarningSink): QueuesConf {
  const general = valuesOf(conf, 'general');
  const autofill = general.flag('autofill', false);
  const queues = conf.categories
    .filter((category) => !category.template && category.name.toLowerCase() !== 'general')
    .map((category) => readQueue(category, autofill, warn));
  return {
    persistentMembers: general.flag('persistentmembers', false),
    autofill,
    sharedLastCall: general.flag('shared_lastcall', false),
    logMemberNameAsAgent: general.flag('log_membername_as_agent', false),
    queues: new Map(queues.map((queue) => [queue.name, queue])),
  };
}

function readQueue(category: ConfCategory, autofill: boolean, warn: WarningSink): QueueConf {
  const values = new ConfValues(category);
  return {
    name: category.name,
    strategy: readStrategy(category, warn),
    musicClass: values.text('musicclass', 'music', 'musiconhold') ?? '',
    timeout: values.integer('timeout', 15),
    retry: values.integer('retry', 5),
    timeoutPriority: values.text('timeoutpriority') === 'conf' ? 'conf' : 'app',
    timeoutRestart: values.flag('timeoutrestart', false),
    wrapupTime: values.integer('wrapuptime', 0),
    maxLen: Math.max(0, values.integer('maxlen', 0)),
    ringInUse: values.flag('ringinuse', true),
    autofill: values.flag('autofill', autofill),
    joinEmpty: readEmptyRule(values.text('joinempty') ?? 'yes', true),
    leaveWhenEmpty: readEmptyRule(values.text('leavewhenempty') ?? 'no', false),
    serviceLevel: values.integer('servicelevel', 0),
    weight: values.integer('weight', 0),
    memberDelay: values.integer('memberdelay', 0),
    announceFrequency: values.integer('announce-frequency', 0),
    minAnnounceFrequency: values.integer('min-announce-frequency', 15),
    announceHoldTime: values.text('announce-holdtime') === 'once' || values.flag('announce-holdtime', true),
    periodicAnnounceFrequency: values.integer('periodic-announce-frequency', 0),
    autopause: values.text('autopause') === 'all' ? 'all' : values.flag('autopause', false) ? 'yes' : 'no',
    autopauseDelay: values.integer('autopausedelay', 0),
    autopauseBusy: values.flag('autopausebusy', false),
    autopauseUnavail: values.flag('autopauseunavail', false),
    setInterfaceVar: values.flag('setinterfacevar', false),
    setQueueVar: values.flag('setqueuevar', false),
    setQueueEntryVar: values.flag('setqueueentryvar', false),
    penaltyMembersLimit: values.integer('penaltymemberslimit', 0),
    defaultRule: values.text('defaultrule') ?? '',
    context: values.text('context') ?? '',
    memberGosub: values.text('membergosub') ?? '',
    announce: values.text('announce') ?? '',
    reportHoldTime: values.flag('reportholdtime', false),
    members: category.entries
      .filter(({ name }) => name.toLowerCase() === 'member')
      .flatMap((entry) => readMember(entry, warn)),
  };
}

function readStrategy(category: ConfCategory, warn: WarningSink): QueueStrategy {
  const entry = category.entries.findLast(({ name }) => name.toLowerCase() === 'strategy');
  const wanted = entry?.value.toLowerCase() ?? 'ringall';
  const strategy = queueStrategies.find((known) => known === (wanted === 'roundrobin' ? 'rrmemory' : wanted));
  if (strategy === undefined && entry !== undefined) {
    const message = `queue [${category.name}] has the unknown strategy "${entry.value}" and uses ringall; there are ${queueStrategies.join(', ')}`;
    warn({ file: entry.file, line: entry.line, severity: 'warning', message });
  }
  return strategy ?? 'ringall';
}

function readMember(entry: ConfEntry, warn: WarningSink): readonly QueueMemberConf[] {
  const [device = '', penalty = '', name = '', state = '', ringInUse = '', wrapup = '', paused = ''] = entry.value
    .split(',')
    .map((part) => part.trim());
  if (!device.includes('/')) {
    const message = `"${device}" is no interface of a member; write member => PJSIP/1001`;
    warn({ file: entry.file, line: entry.line, severity: 'warning', message });
  }
  if (device === '') return [];
  return [
    {
      interface: device,
      penalty: Math.max(0, Number.parseInt(penalty, 10) || 0),
      name: name || device,
      stateInterface: state || device,
      ...(ringInUse === '' ? {} : { ringInUse: isTrue(ringInUse) }),
      ...(wrapup === '' ? {} : { wrapupTime: Number.parseInt(wrapup, 10) || 0 }),
      paused: isTrue(paused),
    },
  ];
}

/** For joining `yes` sets no condition and `no` the usual ones, for leaving the other way round. */
function readEmptyRule(value: string, joining: boolean): EmptyRule {
  const states = ['paused', 'penalty', 'inuse', 'ringing', 'unavailable', 'invalid', 'unknown', 'wrapup'] as const;
  const word = value.trim().toLowerCase();
  if (word === 'strict') return ['penalty', 'paused', 'unavailable', 'invalid'];
  if (word === 'loose') return ['penalty', 'invalid'];
  if (isTrue(word) || ['no', 'false', 'n', 'f', '0', 'off'].includes(word)) {
    return isTrue(word) === joining ? [] : ['penalty', 'invalid', 'paused'];
  }
  const words = word.split(',').map((part) => part.trim());
  return states.filter((state) => words.includes(state));
}
