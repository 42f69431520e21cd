import type { Header } from '../../ami/message.ts';
import { readPbxConfig } from '../config/pbx-config.ts';
import type { PenaltyStep } from '../config/queue-rules-conf.ts';
import type { QueuesConf } from '../config/queues-conf.ts';
import { resetQueues } from '../pbx/queue/change-members.ts';
import { reloadQueues } from '../pbx/queue/start-queues.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { queueCallerActions } from './queue-callers.ts';
import { queueListActions } from './queue-lists.ts';
import { queueMemberActions } from './queue-members.ts';

/** Everything that app_queue does for managers. */
export const queueActions: ActionHandlers = {
  ...queueListActions,
  ...queueMemberActions,
  ...queueCallerActions,
  QueueLog: queueLog,
  QueueReset: queueReset,
  QueueReload: queueReload,
  QueueRule: queueRule,
};

/** The queue log is a file of its own; nobody else is told. */
function queueLog(request: ActionRequest): Answered {
  if (request.header('Queue') === '' || request.header('Event') === '') {
    return request.error("Need 'Queue' and 'Event' parameters.");
  }
  return request.success('Event added successfully');
}

function queueReset(request: ActionRequest): Answered {
  resetQueues(request.pbx, request.header('Queue'));
  return request.success('Queue stats reset successfully');
}

/** Without `Members`, `Rules` and `Parameters` all are read again. Source: `manager_queue_reload`, apps/app_queue.c. */
function queueReload(request: ActionRequest): Answered {
  const { pbx, host } = request;
  const says = (name: string): boolean => request.header(name).toLowerCase() === 'yes';
  const all = !says('Members') && !says('Rules') && !says('Parameters');
  const files = host.administration?.files;
  if (files !== undefined) {
    const fresh = readPbxConfig(files).config;
    const before = pbx.config.queues.queues;
    const parameters = all || says('Parameters');
    if (parameters)
      pbx.config = { ...pbx.config, queues: reloaded(pbx.config.queues, fresh.queues, request.header('Queue')) };
    if (all || says('Rules')) pbx.config = { ...pbx.config, queueRules: fresh.queueRules };
    reloadQueues(pbx, before, { parameters, members: all || says('Members'), queue: request.header('Queue') });
    if (all) resetQueues(pbx, request.header('Queue'));
  }
  return request.success('Queue reloaded successfully');
}

/** What counts after a reload of all queues, or of one. */
function reloaded(old: QueuesConf, fresh: QueuesConf, only: string): QueuesConf {
  if (only === '') return fresh;
  const concerns = ([name]: readonly [string, unknown]): boolean => name.toLowerCase() === only.toLowerCase();
  const kept = [...old.queues].filter((pair) => !concerns(pair));
  return { ...fresh, queues: new Map([...kept, ...[...fresh.queues].filter(concerns)]) };
}

/** One CRLF more than other answers end with: the next message begins with an empty line. Source: recording `queue-member-actions`. */
function queueRule(request: ActionRequest): Answered {
  const wanted = request.header('Rule').toLowerCase();
  const rules = [...request.pbx.config.queueRules.values()];
  const chosen = wanted === '' ? rules : rules.filter(({ name }) => name.toLowerCase() === wanted).slice(0, 1);
  const headers = chosen.flatMap((rule): Header[] => [
    ['RuleList', rule.name],
    ...rule.changes.map(({ afterS, max, min }): Header => ['Rule', `${afterS},${step(max)},${step(min)}`]),
  ]);
  request.respond('Success', headers);
  request.raw('\r\n');
  return 'answered';
}

function step({ relative, value }: PenaltyStep): string {
  return `${relative && value >= 0 ? '+' : ''}${value}`;
}
