import { type ActivityHandler, beginActivity } from '../activity.ts';
import { bridgeCall } from '../bridge-call.ts';
import { callFeatures } from '../call-features.ts';
import { current } from '../channel.ts';
import { applicationDone } from '../dialplan-run.ts';
import { startGosub } from '../gosub.ts';
import { hangupSoon } from '../hangup.ts';
import type { Pbx } from '../pbx.ts';
import { channelHeaders } from '../snapshot.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { setVariable } from '../variables.ts';
import { wakeUp } from '../wake.ts';
import { watchQueueCall } from './queue-call-watch.ts';
import { queuesInOrder } from './queue-order.ts';
import { findMember, findQueue, seconds } from './queue-state.ts';
import { type Connection, connectNow, parted, talked } from './queue-tasks.ts';
import { setDuration, setQueueVariables } from './queue-variables.ts';

/** The caller is out of line, and its member runs a subroutine. */
const CONNECTING = 'QueueConnecting';

export const queueConnectingActivity: ActivityHandler = { name: CONNECTING, hungUp: () => undefined };

/** The two are connected, after what the member's channel is to run first. */
export function startConnecting(
  pbx: Pbx,
  caller: Channel,
  member: Channel,
  connection: Connection,
  gosub: string,
): void {
  const then = continuation(connectNow, { caller: caller.uniqueid, ...connection });
  beginActivity(caller, CONNECTING, connection);
  if (gosub === '') pbx.continueNow(then);
  else startGosub(pbx, member, gosub, then);
}

/** Both are there: AgentConnect, and the bridge. */
function connect(pbx: Pbx, caller: Channel, member: Channel, connection: Connection): void {
  const { options } = connection;
  markInCall(pbx, connection);
  const heldS = seconds(pbx.now) - seconds(connection.sinceMs);
  setDuration(pbx, caller, 'QUEUEWAIT', heldS * 1000);
  pbx.emit('AgentConnect', [
    ...channelHeaders(current(pbx, caller)),
    ...channelHeaders(current(pbx, member), 'Dest'),
    ['Queue', connection.queue],
    ['Interface', connection.interface],
    ['MemberName', connection.memberName],
    ['HoldTime', String(heldS)],
    ['RingTime', String(connection.ringTimeS)],
  ]);
  watchQueueCall(pbx, { ...connection, caller: caller.uniqueid, answeredMs: pbx.now });
  answerChannel(pbx, caller);
  const then = continuation(parted, { caller: caller.uniqueid, ...connection });
  bridgeCall(pbx, caller, member, { features: callFeatures(options), staysPut: true, then });
  for (const channel of [caller, member]) if (channel.hangupRequested || channel.redirected) wakeUp(pbx, channel);
}

function markInCall(pbx: Pbx, connection: Connection): void {
  const shared = pbx.config.queues.sharedLastCall;
  for (const queue of queuesInOrder(pbx)) {
    const member = shared || queue.name === connection.queue ? findMember(queue, connection.interface) : undefined;
    if (member !== undefined) member.inCall = true;
  }
}

/** They have talked; with option c the dialplan goes on. */
function afterTalk(pbx: Pbx, caller: Channel, connection: Connection): void {
  setDuration(pbx, caller, 'ANSWEREDTIME', Math.round(pbx.now - connection.answeredMs));
  setDuration(pbx, caller, 'DIALEDTIME', Math.round(pbx.now - connection.sinceMs));
  const queue = findQueue(pbx, connection.queue);
  if (queue !== undefined) setQueueVariables(pbx, queue, caller);
  const goesOn = 'c' in connection.options && !caller.hangupRequested;
  if (goesOn) setVariable(pbx, caller, 'QUEUESTATUS', 'CONTINUE');
  pbx.after(0.05, applicationDone, { channel: caller.uniqueid, result: goesOn ? 'next' : 'hangup' });
}

export const connectMemberTasks: readonly TaskHandler[] = [
  handle(connectNow, (pbx, { caller: uniqueid, ...connection }) => {
    const caller = pbx.channel(uniqueid);
    const member = pbx.channel(connection.member);
    if (caller !== undefined && member !== undefined) connect(pbx, caller, member, connection);
    else if (member !== undefined) hangupSoon(pbx, member);
    else if (caller !== undefined) pbx.after(0.05, applicationDone, { channel: uniqueid, result: 'hangup' });
  }),
  // The member leaves too before the caller's thread goes on. Source: both runs of `queue-agent-busy`.
  handle(parted, (pbx, data) => void pbx.after(0.1, talked, data)),
  handle(talked, (pbx, { caller: uniqueid, ...connection }) => {
    const caller = pbx.channel(uniqueid);
    if (caller !== undefined) afterTalk(pbx, caller, connection);
  }),
];
