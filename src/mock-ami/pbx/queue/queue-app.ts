import type { ApplicationResult } from '../application.ts';
import { readOptions } from '../dial-arguments.ts';
import { argumentsOf } from '../dialplan-run.ts';
import { forwardsLeft } from '../max-forwards.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { getVariable, setVariable } from '../variables.ts';
import { isEmpty } from './empty-queue.ts';
import { penaltyFrom } from './penalty-rules.ts';
import { joinLine } from './queue-line.ts';
import { findQueue, type QueueEntry, type QueueState, queueConf, seconds } from './queue-state.ts';
import { checkTurn } from './queue-tasks.ts';
import { entertain, holdInQueue } from './waiting-caller.ts';

/** Variables that Queue clears before it begins, in its order. Source: recording `queue-call-answered`. */
const CLEARED = ['ANSWEREDTIME', 'ANSWEREDTIME_MS', 'DIALEDTIME', 'DIALEDTIME_MS', 'QUEUEWAIT', 'QUEUEWAIT_MS'];

/**
 * `Queue(name,options,url,announcement,timeout,agi,gosub,rule,position)`: waits in line for a member, and talks to it.
 * Source: `queue_exec`, apps/app_queue.c.
 */
export function queueApplication(pbx: Pbx, caller: Channel, args: string): ApplicationResult {
  if (args === '' || forwardsLeft(caller) <= 0) return 'hangup';
  for (const name of CLEARED) setVariable(pbx, caller, name, '');
  const parts = argumentsOf(args);
  const queue = findQueue(pbx, parts[0] ?? '');
  if (queue === undefined) return refuse(pbx, caller, 'UNKNOWN');
  const entry = newEntry(pbx, caller, queue, parts);
  const conf = queueConf(pbx, queue);
  if (isEmpty(pbx, queue, entry, conf.joinEmpty)) return refuse(pbx, caller, 'JOINEMPTY');
  if (conf.maxLen > 0 && queue.entries.length >= conf.maxLen) return refuse(pbx, caller, 'FULL');
  joinLine(pbx, queue, entry, caller, Math.max(0, Number.parseInt(parts[8] ?? '', 10) || 0));
  holdInQueue(caller, queue.name);
  entertain(pbx, { caller, queue, entry });
  pbx.after(0.1, checkTurn, { caller: caller.uniqueid });
  return 'wait';
}

function refuse(pbx: Pbx, caller: Channel, status: string): ApplicationResult {
  setVariable(pbx, caller, 'QUEUESTATUS', status);
  return 'next';
}

function newEntry(pbx: Pbx, caller: Channel, queue: QueueState, parts: readonly string[]): QueueEntry {
  const [, options = '', , announce = '', timeout = '', , gosub = '', rule = ''] = parts;
  const now = seconds(pbx.now);
  return {
    channel: caller.uniqueid,
    queue: queue.name,
    options: readOptions(options),
    announce: announce || queueConf(pbx, queue).announce,
    gosub: gosub || queueConf(pbx, queue).memberGosub,
    rule: rule || queueConf(pbx, queue).defaultRule,
    sinceMs: pbx.now,
    expiresS: timeout === '' ? 0 : now + (Number.parseInt(timeout, 10) || 0),
    priority: Number.parseInt(getVariable(pbx, caller, 'QUEUE_PRIO') ?? '', 10) || 0,
    originalPosition: 0,
    leftAt: 0,
    maxPenalty: penaltyFrom(pbx, caller, 'QUEUE_MAX_PENALTY'),
    minPenalty: penaltyFrom(pbx, caller, 'QUEUE_MIN_PENALTY'),
    raisePenalty: penaltyFrom(pbx, caller, 'QUEUE_RAISE_PENALTY'),
    changesDone: 0,
    pending: false,
    answered: false,
    withdrawn: false,
    withdrawInfo: '',
    linearPosition: 0,
    linearWrapped: false,
    tries: 0,
    digits: '',
    lastPositionS: 0,
    lastPositionSaid: 0,
    lastPeriodicS: now,
    timer: 0,
    calls: undefined,
  };
}
