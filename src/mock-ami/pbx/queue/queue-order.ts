import { hashOrder, QUEUE_TABLE } from '../../config/hash-order.ts';
import type { Pbx } from '../pbx.ts';
import { type QueueMember, type QueueState, queueConf, queueStates } from './queue-state.ts';

/** All queues, in the order in which Asterisk goes through them. */
export function queuesInOrder(pbx: Pbx): QueueState[] {
  return hashOrder(Object.values(queueStates(pbx)), QUEUE_TABLE, ({ name }) => name);
}

const MEMBER_BUCKETS = 37;

/**
 * The members in the order in which Asterisk goes through them: as they came for strategies that depend on it, else by hash.
 * Source: `member_hash_fn` and `init_queue`, apps/app_queue.c; recording `queue-call-answered`.
 */
export function membersInOrder(pbx: Pbx, queue: QueueState): QueueMember[] {
  const { strategy } = queueConf(pbx, queue);
  if (strategy === 'linear' || strategy === 'rrordered') return [...queue.members];
  const bucket = ({ interface: name }: QueueMember): number => memberHash(name) % MEMBER_BUCKETS;
  return [...queue.members].sort((one, other) => bucket(one) - bucket(other));
}

/** From the first five characters on from the slash. */
function memberHash(memberInterface: string): number {
  const slash = memberInterface.indexOf('/');
  const text = slash < 0 ? memberInterface : memberInterface.slice(slash);
  let hash = 0;
  for (let at = 0; at < 5 && at < text.length; at++) hash += compress(text.charCodeAt(at)) * 2 ** (at * 6);
  return Math.abs(hash);
}

function compress(code: number): number {
  if (code < 32) return 0;
  return code > 96 ? code - 64 : code - 32;
}
