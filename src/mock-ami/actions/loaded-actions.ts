import type { AsteriskProfile } from '../catalog/asterisk-profile.ts';
import { privilegeBits } from '../server/event-class.ts';
import type { Action, ActionHandlers } from './action.ts';
import { agentActions } from './agents.ts';
import { agi } from './agi.ts';
import { aocMessage } from './aoc-message.ts';
import { bridgeEndActions } from './bridge-ends.ts';
import { bridgeActions } from './bridges.ts';
import { callActions } from './calls.ts';
import { channelControlActions } from './channel-control.ts';
import { channelActions } from './channels.ts';
import { command } from './command.ts';
import { conferenceActions } from './conferences.ts';
import { configFileActions } from './config-files.ts';
import { coreActions } from './core-status.ts';
import { databaseActions } from './database.ts';
import { deviceStateActions } from './device-states.ts';
import { dialplanActions } from './dialplan.ts';
import { digitActions } from './digits.ts';
import { events } from './events.ts';
import { extensionStateActions } from './extension-states.ts';
import { faxActions } from './fax.ts';
import { filter } from './filter.ts';
import { hangup, pjsipHangup } from './hangup.ts';
import { listCommands } from './list-commands.ts';
import { loginActions } from './login.ts';
import { mailboxActions } from './mailboxes.ts';
import { messageActions } from './messages.ts';
import { mixMonitorActions } from './mix-monitors.ts';
import { moduleActions } from './modules.ts';
import { originateAction } from './originate.ts';
import { ping } from './ping.ts';
import { pjsipEndpointActions } from './pjsip-endpoints.ts';
import { pjsipListActions } from './pjsip-lists.ts';
import { pjsipMaintenanceActions } from './pjsip-maintenance.ts';
import { presenceActions } from './presence-states.ts';
import { queueActions } from './queues.ts';
import { sorceryCacheActions } from './sorcery-caches.ts';
import { status } from './status.ts';
import { answerUnsimulated } from './unsimulated.ts';
import { userEvent } from './user-event.ts';
import { variableActions } from './variables.ts';
import { voicemailActions } from './voicemail-boxes.ts';
import { waitEvent } from './wait-event.ts';

const HANDLERS: ActionHandlers = {
  ...agentActions,
  ...bridgeActions,
  ...bridgeEndActions,
  ...callActions,
  ...channelActions,
  ...channelControlActions,
  ...configFileActions,
  ...conferenceActions,
  ...coreActions,
  ...databaseActions,
  ...deviceStateActions,
  ...dialplanActions,
  ...digitActions,
  ...extensionStateActions,
  ...faxActions,
  ...loginActions,
  ...mailboxActions,
  ...messageActions,
  ...mixMonitorActions,
  ...moduleActions,
  ...pjsipEndpointActions,
  ...pjsipListActions,
  ...pjsipMaintenanceActions,
  ...presenceActions,
  ...queueActions,
  ...sorceryCacheActions,
  ...variableActions,
  ...voicemailActions,
  AGI: agi,
  AOCMessage: aocMessage,
  Command: command,
  Events: events,
  Filter: filter,
  Hangup: hangup,
  PJSIPHangup: pjsipHangup,
  ListCommands: listCommands,
  Originate: originateAction,
  Ping: ping,
  Status: status,
  UserEvent: userEvent,
  WaitEvent: waitEvent,
};

/** The actions that a PBX of that version has loaded, by lower-case name; what the simulation does not do answers as where it cannot be done. */
export function loadedActions(profile: AsteriskProfile): ReadonlyMap<string, Action> {
  return new Map(
    profile.actions.map((known): [string, Action] => [
      known.name.toLowerCase(),
      { ...known, rights: privilegeBits(known.privilege), run: HANDLERS[known.name] ?? answerUnsimulated },
    ]),
  );
}
