import { dissolveIfDeserted, enterBridge, takeOut } from '../bridge.ts';
import { stopMusic } from '../music.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { continuation } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { setVariable } from '../variables.ts';
import { type AgentState, agentBack } from './agent-state.ts';

/** The agent goes to the bridge where its caller waits, which is answered now. Source: `agent_connect_caller`, apps/app_agent_pool.c. */
export function connectCaller(pbx: Pbx, agent: AgentState, channel: Channel): void {
  const bridge = pbx.bridge(agent.callerBridge);
  agent.callerBridge = '';
  agent.doing = 'on-call';
  agent.callS = Math.floor(pbx.now / 1000);
  const before = pbx.bridge(channel.bridge);
  stopMusic(pbx, channel);
  takeOut(pbx, channel, 'moves');
  channel.afterBridge = undefined;
  if (before !== undefined) dissolveIfDeserted(pbx, before);
  const then = continuation(agentBack, { agent: agent.id, channel: channel.uniqueid });
  const caller = bridge === undefined ? undefined : pbx.channel(bridge.channels[0] ?? '');
  if (bridge === undefined || caller === undefined) {
    pbx.continueAfter(0.05, then);
    return;
  }
  enterBridge(pbx, bridge, channel, then);
  answerChannel(pbx, caller);
  setVariable(pbx, caller, 'AGENT_STATUS', '');
}
