import type { AgentConf } from '../../config/agents-conf.ts';
import type { DeviceStateName } from '../device-state.ts';
import { deviceChanged } from '../device-watch.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { task } from '../task.ts';
import { getVariable } from '../variables.ts';

/** What an agent of app_agent_pool does now; plain data. */
export interface AgentState {
  readonly id: string;
  /**
   * `probation`: has just logged in, and gets no call yet. `call-present`: is told of a call. `wait-ack`: has to accept it.
   * `wrapup`: rests after a call.
   */
  doing: 'logged-out' | 'probation' | 'ready' | 'call-present' | 'wait-ack' | 'on-call' | 'wrapup' | 'logging-out';
  device: DeviceStateName;
  /** Uniqueid of the channel that it has logged in with; ''. */
  channel: string;
  /** Seconds since the epoch. */
  loginS: number;
  probationS: number;
  callS: number;
  ackSinceMs: number;
  disconnectedMs: number;
  /** Leaves when the present call has ended. */
  leavesSoon: boolean;
  /** Where a caller waits for it; ''. */
  callerBridge: string;
  /** What it has pressed to accept a call. */
  digits: string;
  /** Counts its stays in the holding bridge. */
  stay: number;
}

/** Goes on with an agent whose channel has left a bridge. */
export const agentBack = task<{ agent: string; channel: string }>('agents.back');

/** By id; made when first asked for. Who is logged in stays until then, even where agents.conf does not name it any more. */
export function agentState(pbx: Pbx, id: string): AgentState | undefined {
  const all = pbx.part<Record<string, AgentState>>('agents', () => ({}));
  if (!pbx.config.agents.has(id)) return all[id]?.channel ? all[id] : undefined;
  all[id] ??= {
    id,
    doing: 'logged-out',
    device: 'UNAVAILABLE',
    channel: '',
    loginS: 0,
    probationS: 0,
    callS: 0,
    ackSinceMs: 0,
    disconnectedMs: 0,
    leavesSoon: false,
    callerBridge: '',
    digits: '',
    stay: 0,
  };
  return all[id];
}

/** All that agents.conf names, and all who are logged in, by id. */
export function agentStates(pbx: Pbx): AgentState[] {
  const known = Object.keys(pbx.part<Record<string, AgentState>>('agents', () => ({})));
  const ids = [...new Set([...pbx.config.agents.keys(), ...known])].sort((one, other) => (one < other ? -1 : 1));
  return ids.map((id) => agentState(pbx, id)).filter((agent) => agent !== undefined);
}

/** Nothing is told of agents while the PBX comes up. */
export function startAgents(pbx: Pbx): void {
  for (const { id, device } of agentStates(pbx)) pbx.state.devices[`Agent:${id}`] = device;
}

/** How an agent works: agents.conf, and what its channel said when it logged in. */
export function agentConf(pbx: Pbx, agent: AgentState): AgentConf {
  const conf = pbx.config.agents.get(agent.id) ?? (removedAgents(pbx)[agent.id] as AgentConf);
  const channel = pbx.channel(agent.channel);
  const says = (name: string): string | undefined => getVariable(pbx, channel, name) || undefined;
  const ack = says('AGENTACKCALL');
  const wrapup = says('AGENTWRAPUPTIME');
  const autoLogoff = says('AGENTAUTOLOGOFF');
  return {
    ...conf,
    acceptDtmf: says('AGENTACCEPTDTMF') ?? conf.acceptDtmf,
    ...(ack === undefined ? {} : { ackCall: /^(yes|true|y|t|1|on)$/i.test(ack) }),
    ...(wrapup === undefined ? {} : { wrapupTimeMs: Number.parseInt(wrapup, 10) || 0 }),
    ...(autoLogoff === undefined ? {} : { autoLogoffS: Number.parseInt(autoLogoff, 10) || 0 }),
  };
}

/** What agents.conf said of those that it does not name any more. */
function removedAgents(pbx: Pbx): Record<string, AgentConf> {
  return pbx.part<Record<string, AgentConf>>('removedAgents', () => ({}));
}

/** agents.conf has been read again. */
export function agentsReloaded(pbx: Pbx, before: { readonly agents: ReadonlyMap<string, AgentConf> }): void {
  for (const [id, conf] of before.agents) if (!pbx.config.agents.has(id)) removedAgents(pbx)[id] = conf;
}

export function agentOn(pbx: Pbx, channel: Channel): AgentState | undefined {
  return agentStates(pbx).find((agent) => agent.channel === channel.uniqueid);
}

/** The device `Agent:ID` may show something else. */
export function setAgentDevice(pbx: Pbx, agent: AgentState, device: DeviceStateName): void {
  agent.device = device;
  deviceChanged(pbx, `Agent:${agent.id}`);
}
