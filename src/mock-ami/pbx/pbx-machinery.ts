import { phoneTasks } from '../phones/phone.ts';
import { registrarTasks } from '../phones/registrar.ts';
import { absoluteTimeoutTasks } from './absolute-timeout.ts';
import type { ActivityHandler } from './activity.ts';
import { agentApplications } from './agents/agent-apps.ts';
import { agentActivities, agentFunctions, agentTasks } from './agents/agent-machinery.ts';
import { agiApplications, asyncAgiActivity, asyncAgiTasks } from './agi/async-agi.ts';
import type { Application } from './application.ts';
import { applicationNames } from './application-names.ts';
import { basicApplications, basicTasks } from './apps/basic-apps.ts';
import { bridgeApplications, bridgeAppTasks, bridgeWaitActivity } from './apps/bridge-apps.ts';
import { chanSpyActivity, chanSpyApplications, chanSpyTasks, chanSpyWatchers } from './apps/chan-spy-app.ts';
import { channelApplications } from './apps/channel-apps.ts';
import { echoApplications, echoingActivity } from './apps/echo-app.ts';
import { jumpApplications, jumpTasks } from './apps/jump-apps.ts';
import { loopApplications } from './apps/loop-apps.ts';
import { mixMonitorApplications } from './apps/mix-monitor-apps.ts';
import { originateApplications, originateAppTasks, originatingAppActivity } from './apps/originate-apps.ts';
import { playbackApplications, playbackTasks, playingActivity } from './apps/playback-apps.ts';
import { readApplications, readingActivity, readTasks } from './apps/read-apps.ts';
import { readExtenActivity, readExtenApplications, readExtenTasks } from './apps/read-exten-app.ts';
import { recordApplications, recordingActivity, recordTasks } from './apps/record-app.ts';
import { retryDialActivity, retryDialApplications, retryDialTasks } from './apps/retry-dial-app.ts';
import { sayApplications, sayingActivity } from './apps/say-apps.ts';
import { waitExtenActivity, waitExtenApplications, waitExtenTasks } from './apps/wait-exten-app.ts';
import { waitingActivity, waitingTasks } from './apps/waiting.ts';
import { asyncGotoTasks } from './async-goto.ts';
import { attendedTransferTasks } from './attended-transfer.ts';
import { blindTransferTasks } from './blind-transfer.ts';
import { bridgeTasks } from './bridge.ts';
import { bridgeActivity } from './bridge-activity.ts';
import { bridgeCallTasks, joiningActivity } from './bridge-call.ts';
import { bridgeDigitTasks } from './bridge-digits.ts';
import { bridgeHoldTasks } from './bridge-hold.ts';
import { seatTasks } from './bridge-seat.ts';
import { confbridge, conferenceActivity, conferenceTasks } from './conference/confbridge-app.ts';
import { conferenceFunctions } from './conference/conference-functions.ts';
import { deviceTasks } from './device-look.ts';
import { dial, dialActivity, dialTasks } from './dial.ts';
import { answeredActivity, dialAnsweredTasks } from './dial-answered.ts';
import { peerGoesOnTasks } from './dial-peer-goes-on.ts';
import { dialplanTasks } from './dialplan-run.ts';
import { dtmfTasks } from './dtmf.ts';
import { durationLimitTasks } from './duration-limit.ts';
import { featureActivities, featureTasks } from './features/feature-machinery.ts';
import { dialplanFunctions } from './functions.ts';
import { gosubTasks } from './gosub.ts';
import { hangupTasks } from './hangup.ts';
import { hangupHandlerTasks } from './hangup-handlers.ts';
import { joinChannelsTasks } from './join-channels.ts';
import { localTasks } from './local-channel.ts';
import { localLinkTasks } from './local-link.ts';
import { localOptimizationTasks } from './local-optimization.ts';
import type { EventWatcher, Machinery } from './machinery.ts';
import { masqueradeTransferTasks } from './masquerade-transfer.ts';
import { originateTasks } from './originate.ts';
import { legActivity } from './outgoing-leg.ts';
import { parkingActivity, parkingApplications, parkingTasks } from './parking/parking-machinery.ts';
import { pickupApplications } from './pickup.ts';
import { pjsipTasks } from './pjsip-channel.ts';
import { queueApplications } from './queue/member-apps.ts';
import { queueCallWatchers } from './queue/queue-call-watch.ts';
import { queueFunctions } from './queue/queue-functions.ts';
import { queueActivities, queueTasks } from './queue/queue-machinery.ts';
import { cdrWatchers } from './records/cdr.ts';
import { celWatchers } from './records/cel.ts';
import { hangupSourceWatchers } from './records/hangup-source.ts';
import { peerAccountWatchers } from './records/peer-account.ts';
import { sipRequestTasks } from './sip-requests.ts';
import { soundHookTasks } from './sound-hooks.ts';
import type { TaskHandler } from './task.ts';
import { managerVariables } from './variables.ts';
import { voicemailActivities, voicemailApplications, voicemailTasks } from './voicemail/voicemail-machinery.ts';
import { yankTasks } from './yank.ts';

const TASKS: readonly (readonly TaskHandler[])[] = [
  dialAnsweredTasks, peerGoesOnTasks, localOptimizationTasks,
  absoluteTimeoutTasks, jumpTasks, waitingTasks, recordTasks, readExtenTasks, retryDialTasks, originateAppTasks, bridgeAppTasks, chanSpyTasks, durationLimitTasks, hangupHandlerTasks, asyncAgiTasks, soundHookTasks, readTasks, waitExtenTasks, voicemailTasks, asyncGotoTasks, attendedTransferTasks, masqueradeTransferTasks, localLinkTasks, blindTransferTasks, conferenceTasks, deviceTasks, dialplanTasks, hangupTasks, joinChannelsTasks, yankTasks, bridgeTasks, bridgeCallTasks, bridgeDigitTasks, bridgeHoldTasks, seatTasks, featureTasks, dialTasks, gosubTasks, localTasks, originateTasks, parkingTasks, pjsipTasks, sipRequestTasks, dtmfTasks, basicTasks, playbackTasks, phoneTasks, registrarTasks, queueTasks, agentTasks,
]; // biome-ignore format: a list

const ACTIVITIES: readonly ActivityHandler[] = [
  bridgeActivity,
  joiningActivity,
  conferenceActivity,
  dialActivity,
  answeredActivity,
  legActivity,
  playingActivity,
  waitingActivity,
  ...queueActivities,
  ...agentActivities,
  ...featureActivities,
  parkingActivity,
  readingActivity,
  asyncAgiActivity,
  sayingActivity,
  echoingActivity,
  recordingActivity,
  readExtenActivity,
  retryDialActivity,
  originatingAppActivity,
  bridgeWaitActivity,
  chanSpyActivity,
  waitExtenActivity,
  ...voicemailActivities,
];

const APPLICATIONS: Readonly<Record<string, Application>> = {
  ...basicApplications,
  ...jumpApplications,
  ...loopApplications,
  ...channelApplications,
  ...recordApplications,
  ...readExtenApplications,
  ...retryDialApplications,
  ...originateApplications,
  ...bridgeApplications,
  ...chanSpyApplications,
  ...pickupApplications,
  ...playbackApplications,
  ...mixMonitorApplications,
  ...readApplications,
  ...agiApplications,
  ...sayApplications,
  ...echoApplications,
  ...waitExtenApplications,
  ...voicemailApplications,
  ...queueApplications,
  ...agentApplications,
  ...parkingApplications,
  confbridge,
  dial,
};

const WATCHERS: readonly Readonly<Record<string, EventWatcher>>[] = [
  queueCallWatchers,
  chanSpyWatchers,
  hangupSourceWatchers,
  peerAccountWatchers,
  celWatchers,
  cdrWatchers,
];

function watchersByEvent(): ReadonlyMap<string, readonly EventWatcher[]> {
  const names = new Set(WATCHERS.flatMap((watchers) => Object.keys(watchers)));
  return new Map([...names].map((name) => [name, WATCHERS.flatMap((watchers) => watchers[name] ?? [])]));
}

/** Everything that the simulated PBX can do. */
export const pbxMachinery: Machinery = {
  tasks: new Map(TASKS.flat().map((handler) => [handler.name, handler])),
  activities: new Map(ACTIVITIES.map((handler) => [handler.name, handler])),
  applications: new Map(Object.entries(APPLICATIONS)),
  applicationNames,
  functions: new Map([
    ...dialplanFunctions,
    ...Object.entries(queueFunctions),
    ...Object.entries(agentFunctions),
    ...Object.entries(conferenceFunctions),
  ]),
  watchers: watchersByEvent(),
  managerVariables,
};
