import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application } from '../application.ts';
import { createBridge, destroyBridge, enterBridge } from '../bridge.ts';
import { emitShown, setConnected } from '../channel.ts';
import { applicationDone, argumentsOf } from '../dialplan-run.ts';
import { stopMusic } from '../music.ts';
import type { Pbx } from '../pbx.ts';
import { soundMs } from '../sounds.ts';
import type { Channel } from '../state.ts';
import { continuation, handle, type TaskHandler, task } from '../task.ts';
import { answerChannel, indicateRingingTo } from '../technology.ts';
import { getVariable, setVariable } from '../variables.ts';
import { connectCaller } from './agent-connect.ts';
import { holdingBridge, leaveHolding, logOut, waitForCalls } from './agent-pool.ts';
import { type AgentState, agentConf, agentState, setAgentDevice } from './agent-state.ts';

/** How long "agent-loginok" lasts, in ms. Source: recording `agent-pool`. */
const WELCOME_MS = 1744;
const LOGGING_IN = 'AgentLogin';

const loggedIn = task<{ agent: string; channel: string }>('agents.loggedIn');
const alerted = task<{ agent: string; stay: number }>('agents.alerted');
const requestOver = task<{ agent: string; caller: string }>('agents.requestOver');

/** `AgentLogin(id,options)`: the channel is an agent's until it hangs up. Source: `agent_login_exec`, apps/app_agent_pool.c. */
const agentLogin: Application = (pbx, channel, args) => {
  holdingBridge(pbx);
  if (channel.state !== 'Up') answerChannel(pbx, channel);
  const [id = '', options = ''] = argumentsOf(args);
  if (id === '') return 'hangup';
  const agent = agentState(pbx, id);
  if (agent === undefined || agent.channel !== '') {
    setVariable(pbx, channel, 'AGENT_STATUS', agent === undefined ? 'INVALID' : 'ALREADY_LOGGED_IN');
    return 'next';
  }
  agent.channel = channel.uniqueid;
  agent.loginS = Math.floor(pbx.now / 1000);
  agent.disconnectedMs = pbx.now;
  agent.leavesSoon = false;
  beginActivity(channel, LOGGING_IN, { agent: id });
  pbx.after(options.includes('s') ? 0.1 : WELCOME_MS, loggedIn, { agent: id, channel: channel.uniqueid });
  return 'wait';
};

export const loggingInActivity: ActivityHandler = {
  name: LOGGING_IN,
  hungUp: (pbx, channel) => {
    const agent = agentState(pbx, activityData<{ agent: string }>(channel, LOGGING_IN)?.agent ?? '');
    if (agent === undefined) return;
    tellLogin(pbx, agent, channel);
    channel.activity = undefined;
    logOut(pbx, agent, channel);
  },
};

function tellLogin(pbx: Pbx, agent: AgentState, channel: Channel): void {
  emitShown(pbx, channel, 'AgentLogin', [['Agent', agent.id]]);
}

/** `AgentRequest(id)`: talks to an agent. Source: `agent_request_exec`, apps/app_agent_pool.c. */
const agentRequest: Application = (pbx, caller, args) => {
  holdingBridge(pbx);
  const [id = ''] = argumentsOf(args);
  if (id === '') return 'hangup';
  const agent = agentState(pbx, id);
  if (agent === undefined) return answerWith(pbx, caller, 'INVALID');
  const bridge = createBridge(pbx);
  const channel = pbx.channel(agent.channel);
  if (agent.doing !== 'ready' || channel === undefined) {
    destroyBridge(pbx, bridge);
    const absent = agent.doing === 'logged-out' || agent.doing === 'logging-out' || channel === undefined;
    return answerWith(pbx, caller, absent ? 'NOT_LOGGED_IN' : 'BUSY');
  }
  agent.callerBridge = bridge.uniqueid;
  agent.doing = 'call-present';
  setAgentDevice(pbx, agent, 'INUSE');
  setConnected(pbx, channel, caller.caller);
  enterBridge(pbx, bridge, caller, continuation(requestOver, { agent: id, caller: caller.uniqueid }));
  setVariable(pbx, caller, 'AGENT_STATUS', 'NOT_CONNECTED');
  indicateRingingTo(pbx, caller);
  stopMusic(pbx, channel);
  pbx.after(soundMs('beep'), alerted, { agent: id, stay: agent.stay });
  return 'wait';
};

function answerWith(pbx: Pbx, caller: Channel, status: string): 'next' {
  setVariable(pbx, caller, 'AGENT_STATUS', status);
  return 'next';
}

/** The agent has heard the beep: it takes the call, or has to accept it. Source: `agent_alert`. */
function hasHeard(pbx: Pbx, agent: AgentState, channel: Channel): void {
  if (agent.doing !== 'call-present') return;
  const { ackCall, acceptDtmf } = agentConf(pbx, agent);
  if (!ackCall || acceptDtmf === '') return connectCaller(pbx, agent, channel);
  agent.doing = 'wait-ack';
  agent.ackSinceMs = pbx.now;
}

/** The caller has left: after a talk its call ends, else the agent is freed and the dialplan goes on. */
function over(pbx: Pbx, agent: AgentState | undefined, caller: Channel): void {
  const channel = agent === undefined ? undefined : pbx.channel(agent.channel);
  const waits = agent?.doing === 'call-present' || agent?.doing === 'wait-ack';
  if (agent !== undefined && channel !== undefined && waits && pbx.bridge(agent.callerBridge) === undefined) {
    agent.callerBridge = '';
    leaveHolding(pbx, agent, channel);
  }
  const talked = (getVariable(pbx, caller, 'AGENT_STATUS') ?? '') === '';
  const result = caller.hangupRequested || talked ? 'hangup' : 'next';
  pbx.after(0.05, applicationDone, { channel: caller.uniqueid, result });
}

export const agentApplications: Readonly<Record<string, Application>> = {
  agentlogin: agentLogin,
  agentrequest: agentRequest,
};

export const agentAppTasks: readonly TaskHandler[] = [
  handle(loggedIn, (pbx, { agent: id, channel: uniqueid }) => {
    const agent = agentState(pbx, id);
    const channel = pbx.channel(uniqueid);
    if (agent === undefined || channel === undefined || agent.channel !== uniqueid) return;
    tellLogin(pbx, agent, channel);
    waitForCalls(pbx, agent, channel);
  }),
  handle(alerted, (pbx, { agent: id, stay }) => {
    const agent = agentState(pbx, id);
    const channel = agent === undefined ? undefined : pbx.channel(agent.channel);
    if (agent !== undefined && channel !== undefined && agent.stay === stay) hasHeard(pbx, agent, channel);
  }),
  handle(requestOver, (pbx, { agent: id, caller: uniqueid }) => {
    const caller = pbx.channel(uniqueid);
    if (caller !== undefined) over(pbx, agentState(pbx, id), caller);
  }),
];
