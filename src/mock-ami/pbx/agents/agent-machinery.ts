import type { ActivityHandler } from '../activity.ts';
import type { PbxFunction } from '../machinery.ts';
import { own } from '../own.ts';
import type { Pbx } from '../pbx.ts';
import type { TaskHandler } from '../task.ts';
import { agentAppTasks, loggingInActivity } from './agent-apps.ts';
import { agentPoolTasks, waitingAgentActivity } from './agent-pool.ts';
import { type AgentState, agentConf, agentState } from './agent-state.ts';

/** Everything that agents do, by name. */
export const agentTasks: readonly TaskHandler[] = [...agentAppTasks, ...agentPoolTasks];

export const agentActivities: readonly ActivityHandler[] = [loggingInActivity, waitingAgentActivity];

const ITEMS: Readonly<Record<string, (pbx: Pbx, agent: AgentState) => string>> = {
  status: (_pbx, agent) => (agent.channel === '' ? 'LOGGEDOUT' : 'LOGGEDIN'),
  name: (pbx, agent) => agentConf(pbx, agent).fullName,
  mohclass: (pbx, agent) => agentConf(pbx, agent).musicClass,
  channel: (pbx, agent) => (pbx.channel(agent.channel)?.name ?? '').replace(/-[^-]*$/, ''),
  fullchannel: (pbx, agent) => pbx.channel(agent.channel)?.name ?? '',
};

/** `AGENT(id:item)`. Source: `agent_function_read`, apps/app_agent_pool.c. */
export const agentFunctions: Readonly<Record<string, PbxFunction>> = {
  AGENT: {
    read: (pbx, _channel, args) => {
      const [id = '', item = 'status'] = args.split(':');
      const agent = agentState(pbx, id);
      return agent === undefined ? '' : (own(ITEMS, item.toLowerCase())?.(pbx, agent) ?? '');
    },
  },
};
