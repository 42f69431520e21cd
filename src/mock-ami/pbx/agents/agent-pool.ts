import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import { createBridge, destroyBridge, enterBridge, takeOut } from '../bridge.ts';
import { emitShown } from '../channel.ts';
import { applicationDone } from '../dialplan-run.ts';
import { startMusic, stopMusic } from '../music.ts';
import type { Pbx } from '../pbx.ts';
import type { Bridge, Channel, Continuation } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';
import { connectCaller } from './agent-connect.ts';
import { type AgentState, agentBack, agentConf, agentOn, agentState, setAgentDevice } from './agent-state.ts';

/** How often an agent that waits is looked after, in ms; a little more than a second, as recorded. */
const HEARTBEAT_MS = 1045;
/** For how long a new agent gets no call, in seconds: a Local channel it came by may still step aside. */
const PROBATION_S = 5;

const WAITING = 'Agent';
const heartbeat = task<{ agent: string; stay: number }>('agents.heartbeat');

/** The bridge where agents wait, made when it is first needed. */
export function holdingBridge(pbx: Pbx): Bridge {
  const known = Object.values(pbx.state.bridges).find(({ type }) => type === 'agent_hold');
  return (
    known ??
    createBridge(pbx, {
      type: 'agent_hold',
      technology: 'holding_bridge',
      creator: 'AgentPool',
      dissolveOnHangup: false,
    })
  );
}

/** The agent waits for callers, with music. Source: `bridge_agent_hold_push`, apps/app_agent_pool.c. */
export function waitForCalls(pbx: Pbx, agent: AgentState, channel: Channel): void {
  channel.hangupCause = 16;
  enterBridge(pbx, holdingBridge(pbx), channel, backTo(agent, channel));
  beginActivity(channel, WAITING, { agent: agent.id });
  startMusic(pbx, channel, agentConf(pbx, agent).musicClass);
  agent.digits = '';
  agent.stay++;
  pbx.after(HEARTBEAT_MS, heartbeat, { agent: agent.id, stay: agent.stay });
  switch (agent.doing) {
    case 'logged-out':
      agent.probationS = Math.floor(pbx.now / 1000);
      agent.doing = 'probation';
      return;
    case 'on-call':
    case 'wrapup':
      if (agentConf(pbx, agent).wrapupTimeMs > 0) agent.doing = 'wrapup';
      else becomeReady(pbx, agent);
      return;
    case 'call-present':
    case 'wait-ack':
      becomeReady(pbx, agent);
  }
}

function becomeReady(pbx: Pbx, agent: AgentState): void {
  agent.doing = 'ready';
  setAgentDevice(pbx, agent, 'NOT_INUSE');
}

/** Source: `bridge_agent_hold_heartbeat`. */
function lookAfter(pbx: Pbx, agent: AgentState, channel: Channel): void {
  if (agent.leavesSoon) return leaveHolding(pbx, agent, channel);
  const { autoLogoffS, wrapupTimeMs } = agentConf(pbx, agent);
  if (agent.doing === 'probation' && Math.floor(pbx.now / 1000) - agent.probationS >= PROBATION_S)
    becomeReady(pbx, agent);
  else if (agent.doing === 'wrapup' && pbx.now - agent.disconnectedMs > wrapupTimeMs) becomeReady(pbx, agent);
  else if (agent.doing === 'wait-ack' && autoLogoffS > 0 && pbx.now - agent.ackSinceMs > autoLogoffS * 1000) {
    agent.doing = 'logging-out';
    return leaveHolding(pbx, agent, channel);
  }
  pbx.after(HEARTBEAT_MS, heartbeat, { agent: agent.id, stay: agent.stay });
}

/** Where an agent goes from any bridge that it was in. */
function backTo(agent: AgentState, channel: Channel): Continuation {
  return continuation(agentBack, { agent: agent.id, channel: channel.uniqueid });
}

/** Out of the holding bridge: for good, or to come back at once. */
export function leaveHolding(pbx: Pbx, agent: AgentState, channel: Channel): void {
  stopMusic(pbx, channel);
  takeOut(pbx, channel);
  channel.afterBridge = undefined;
  pbx.continueAfter(0.05, backTo(agent, channel));
}

/** The agent's channel is back from a bridge: it waits again, or it is over. Source: `agent_run`. */
function back(pbx: Pbx, agent: AgentState, channel: Channel): void {
  agent.disconnectedMs = pbx.now;
  endCallerBridge(pbx, agent);
  const wanted = channel.hangupRequested || channel.redirected;
  if (agent.doing === 'logging-out' || agent.leavesSoon || wanted) return logOut(pbx, agent, channel);
  waitForCalls(pbx, agent, channel);
}

/** A caller still waits there, and is let go. */
function endCallerBridge(pbx: Pbx, agent: AgentState): void {
  const bridge = pbx.bridge(agent.callerBridge);
  agent.callerBridge = '';
  if (bridge === undefined || bridge.dissolving) return;
  for (const uniqueid of [...bridge.channels]) {
    const caller = pbx.channel(uniqueid);
    const then = caller?.afterBridge;
    if (caller === undefined) continue;
    takeOut(pbx, caller);
    caller.afterBridge = undefined;
    if (then !== undefined) pbx.continueAfter(0.05, then);
  }
  destroyBridge(pbx, bridge);
}

/** AgentLogoff, and the end of the call. Source: `agent_logout`. */
export function logOut(pbx: Pbx, agent: AgentState, channel: Channel): void {
  const loggedInS = Math.floor(pbx.now / 1000) - agent.loginS;
  endCallerBridge(pbx, agent);
  agent.channel = '';
  agent.doing = 'logged-out';
  agent.leavesSoon = false;
  setAgentDevice(pbx, agent, 'UNAVAILABLE');
  emitShown(pbx, channel, 'AgentLogoff', [
    ['Agent', agent.id],
    ['Logintime', String(loggedInS)],
  ]);
  pbx.after(0.05, applicationDone, { channel: channel.uniqueid, result: 'hangup' });
}

/** Digits may accept a call. Source: `bridge_agent_hold_ack`. */
function pressed(pbx: Pbx, channel: Channel, digit: string): void {
  const agent = agentOn(pbx, channel);
  if (agent?.doing !== 'wait-ack') return;
  agent.digits += digit;
  if (agent.digits.endsWith(agentConf(pbx, agent).acceptDtmf)) connectCaller(pbx, agent, channel);
}

export const waitingAgentActivity: ActivityHandler = {
  name: WAITING,
  hungUp: (pbx, channel) => {
    const agent = agentOn(pbx, channel);
    if (agent !== undefined) leaveHolding(pbx, agent, channel);
  },
  digit: pressed,
};

export const agentPoolTasks: readonly TaskHandler[] = [
  handle(heartbeat, (pbx, { agent: id, stay }) => {
    const agent = agentState(pbx, id);
    const channel = agent === undefined ? undefined : pbx.channel(agent.channel);
    if (agent === undefined || channel === undefined || agent.stay !== stay) return;
    if (activityData(channel, WAITING) !== undefined) lookAfter(pbx, agent, channel);
  }),
  handle(agentBack, (pbx, { agent: id, channel: uniqueid }) => {
    const agent = agentState(pbx, id);
    const channel = pbx.channel(uniqueid);
    if (agent === undefined || channel === undefined || agent.channel !== uniqueid) return;
    back(pbx, agent, channel);
  }),
];
