import { splitArguments } from '../../dialplan/split-arguments.ts';
import type { PbxFunction } from '../machinery.ts';
import { own } from '../own.ts';
import type { Pbx } from '../pbx.ts';
import { pauseMember, setPenalty, setRingInUse } from './change-members.ts';
import { isWrappingUp } from './member-status.ts';
import { membersInOrder } from './queue-order.ts';
import { findMember, findQueue, type QueueMember, type QueueState, queueConf } from './queue-state.ts';
import { figuresAsVariables, setAll } from './queue-variables.ts';

type Count = (pbx: Pbx, queue: QueueState, member: QueueMember) => boolean;

const isLoggedIn: Count = (_pbx, _queue, { status }) => status !== 'UNAVAILABLE' && status !== 'INVALID';
const isIdle: Count = (_pbx, _queue, { status, paused }) => status === 'NOT_INUSE' && !paused;

/** What QUEUE_MEMBER counts. Source: `queue_function_mem_read`, apps/app_queue.c. */
const COUNTS: Readonly<Record<string, Count>> = {
  logged: isLoggedIn,
  free: isIdle,
  ready: (pbx, queue, member) => isIdle(pbx, queue, member) && !isWrappingUp(pbx, queue, member),
  count: () => true,
};

/** What it tells of one member. */
const FIELDS: Readonly<Record<string, (member: QueueMember) => number>> = {
  penalty: ({ penalty }) => penalty,
  paused: ({ paused }) => Number(paused),
  ringinuse: ({ ringInUse }) => Number(ringInUse),
  ignorebusy: ({ ringInUse }) => Number(ringInUse),
};

function readMember(pbx: Pbx, args: string): string {
  const [name = '', option = '', memberInterface = ''] = splitArguments(args);
  const queue = findQueue(pbx, name);
  if (name === '' || option === '') return '';
  const counts = own(COUNTS, option.toLowerCase());
  if (queue !== undefined && counts !== undefined) {
    return String(queue.members.filter((member) => counts(pbx, queue, member)).length);
  }
  const member = queue === undefined ? undefined : findMember(queue, memberInterface);
  return String(member === undefined ? 0 : (own(FIELDS, option.toLowerCase())?.(member) ?? 0));
}

function writeMember(pbx: Pbx, args: string, value: string): void {
  const [queue = '', option = '', memberInterface = ''] = splitArguments(args);
  const number = Number.parseInt(value, 10) || 0;
  switch (option.toLowerCase()) {
    case 'penalty':
      setPenalty(pbx, queue, memberInterface, number);
      break;
    case 'paused':
      pauseMember(pbx, queue, memberInterface, number > 0);
      break;
    case 'ringinuse':
    case 'ignorebusy':
      setRingInUse(pbx, queue, memberInterface, number > 0);
  }
}

/** The dialplan functions of app_queue. */
export const queueFunctions: Readonly<Record<string, PbxFunction>> = {
  QUEUE_EXISTS: { read: (pbx, _channel, name) => (findQueue(pbx, name) === undefined ? '0' : '1') },
  QUEUE_MEMBER: {
    read: (pbx, _channel, args) => readMember(pbx, args),
    write: (pbx, _channel, args, value) => writeMember(pbx, args, value),
  },
  QUEUE_MEMBER_COUNT: { read: (pbx, _channel, name) => readMember(pbx, `${name},logged`) },
  QUEUE_MEMBER_LIST: {
    read: (pbx, _channel, name) => {
      const queue = findQueue(pbx, name);
      return queue === undefined
        ? ''
        : membersInOrder(pbx, queue)
            .map((member) => member.interface)
            .join(',');
    },
  },
  QUEUE_MEMBER_PENALTY: {
    read: (pbx, _channel, args) => {
      const [name = '', memberInterface = ''] = splitArguments(args);
      const queue = findQueue(pbx, name);
      const member = queue === undefined ? undefined : findMember(queue, memberInterface);
      return member === undefined ? '' : String(member.penalty);
    },
    write: (pbx, _channel, args, value) => {
      const [name = '', memberInterface = ''] = splitArguments(args);
      setPenalty(pbx, name, memberInterface, Number.parseInt(value, 10) || 0);
    },
  },
  QUEUE_VARIABLES: {
    read: (pbx, channel, name) => {
      const queue = findQueue(pbx, name);
      if (queue === undefined || channel === undefined || !queueConf(pbx, queue).setQueueVar) return '-1';
      setAll(pbx, channel, figuresAsVariables(pbx, queue));
      return '0';
    },
  },
  QUEUE_WAITING_COUNT: { read: (pbx, _channel, name) => String(findQueue(pbx, name)?.entries.length ?? 0) },
  QUEUE_GET_CHANNEL: {
    read: (pbx, _channel, args) => {
      const [name = '', position = ''] = splitArguments(args);
      const entry = findQueue(pbx, name)?.entries[(Number.parseInt(position, 10) || 1) - 1];
      return (entry === undefined ? undefined : pbx.channel(entry.channel)?.name) ?? '';
    },
  },
};
