import type { Header } from '../../ami/message.ts';
import { isTrue } from '../config/conf-values.ts';
import { type AgentState, agentConf, agentState, agentStates } from '../pbx/agents/agent-state.ts';
import { current, SOFT_HANGUP, softHangup } from '../pbx/channel.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { channelHeaders } from '../pbx/snapshot.ts';
import { getVariable } from '../pbx/variables.ts';
import { wakeUp } from '../pbx/wake.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** Source: apps/app_agent_pool.c; recording `agent-pool`. */
export const agentActions: ActionHandlers = { Agents: agents, AgentLogoff: agentLogoff };

function agents(request: ActionRequest): Answered {
  const items = agentStates(request.pbx).map((agent) => ({
    event: 'Agents',
    headers: agentHeaders(request.pbx, agent),
  }));
  return request.list({ message: 'Agents will follow', items, complete: 'AgentsComplete', actionIdStands: 'last' });
}

function agentHeaders(pbx: Pbx, agent: AgentState): Header[] {
  const who: Header[] = [
    ['Agent', agent.id],
    ['Name', agentConf(pbx, agent).fullName],
  ];
  const channel = pbx.channel(agent.channel);
  if (channel === undefined) return [...who, ['Status', 'AGENT_LOGGEDOFF']];
  const talkingTo = getVariable(pbx, channel, 'BRIDGEPEER') ?? '';
  const call: Header[] = [
    ['Status', 'AGENT_ONCALL'],
    ['TalkingToChan', talkingTo],
    ['CallStarted', String(agent.callS)],
  ];
  return [
    ...who,
    ...(talkingTo === '' ? [['Status', 'AGENT_IDLE'] as const] : call),
    ['LoggedInTime', String(agent.loginS)],
    ...channelHeaders(current(pbx, channel)),
  ];
}

/** `Soft`: the agent leaves when its present call has ended. */
function agentLogoff(request: ActionRequest): Answered {
  const { pbx } = request;
  const id = request.header('Agent');
  if (id === '') return request.error('No agent specified');
  const agent = agentState(pbx, id);
  if (agent === undefined) return request.error('No such agent');
  const channel = pbx.channel(agent.channel);
  if (channel !== undefined && isTrue(request.header('Soft'))) agent.leavesSoon = true;
  else if (channel !== undefined) {
    softHangup(pbx, channel, SOFT_HANGUP.explicit);
    wakeUp(pbx, channel);
  }
  return request.success('Agent logged out');
}
