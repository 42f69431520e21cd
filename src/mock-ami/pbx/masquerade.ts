import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';

/** Tasks of the phone's dialog, of devices and of bridges stay with the channel; all others belong to what runs on it. */
const STAYS = /^(phone|sip|dtmf|registrar|bridge|device|channel|blindTransfer|attendedTransfer)\./;

/** What a Dial and an Originate remember of the channel that they wait for. */
const OF_THREAD = ['dial', 'originateTimer'];

/** Whether a task belongs to the channel itself, not to what runs on it. */
export function staysWithChannel(taskName: string): boolean {
  return STAYS.test(taskName);
}

/**
 * Exchanges what runs on two channels: each goes on with the other's dialplan, application and place.
 * What waits for one of them, wherever it stands in the state, waits for the other then. Source: `ast_channel_move`, main/channel.c.
 */
export function swapThreads(pbx: Pbx, one: Channel, other: Channel): void {
  const threadOf = (channel: Channel) => ({
    runs: channel.runs,
    activity: channel.activity,
    gosub: channel.gosub,
    context: channel.context,
    exten: channel.exten,
    priority: channel.priority,
    application: channel.application,
    applicationData: channel.applicationData,
    afterBridge: channel.afterBridge,
    ofThread: OF_THREAD.map((name) => [name, channel.extra[name]] as const),
  });
  const [first, second] = [threadOf(one), threadOf(other)];
  const take = (channel: Channel, { ofThread, ...thread }: typeof first): void => {
    Object.assign(channel, thread);
    Object.assign(channel.extra, Object.fromEntries(ofThread));
  };
  take(one, second);
  take(other, first);
  const swap = <Value>(value: Value): Value => swapReferences(value, one.uniqueid, other.uniqueid);
  pbx.state.tasks = pbx.state.tasks.map((scheduled) =>
    staysWithChannel(scheduled.task) ? scheduled : swap(scheduled),
  );
  // Who waits in a queue, or logs in as an agent, is known there by its channel.
  for (const part of ['queues', 'agents'])
    if (pbx.state.parts[part] !== undefined) pbx.state.parts[part] = swap(pbx.state.parts[part]);
  for (const channel of pbx.channels()) {
    if (channel.activity?.name === 'bridge') continue;
    channel.activity = swap(channel.activity);
    channel.runs = swap(channel.runs);
    channel.afterBridge = swap(channel.afterBridge);
  }
}

/** The value with two texts exchanged wherever they stand by themselves. */
export function swapReferences<Value>(value: Value, one: string, other: string): Value {
  if (value === one) return other as Value;
  if (value === other) return one as Value;
  if (Array.isArray(value)) return value.map((item) => swapReferences(item, one, other)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, swapReferences(item, one, other)]),
  ) as Value;
}
