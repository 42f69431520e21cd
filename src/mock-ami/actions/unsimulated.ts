import { own } from '../pbx/own.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** What an action needs: a header, what is said without it; or a channel that exists. */
interface Check {
  readonly header: string;
  readonly absent?: string;
  /** Said where no channel has that name; `%` stands for the name. */
  readonly noChannel?: string;
}

/**
 * Arguments that Asterisk asks for first, in its words, of actions that the simulation does not do.
 * Source: responses in the recordings `misc-lists`, `mixmonitor`, `mute-audio`, `playdtmf-senddtmf`, `control-playback`.
 */
const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  AGI: [
    { header: 'Channel', absent: 'Both, Channel and Command are *required*' },
    { header: 'Command', absent: 'Both, Channel and Command are *required*' },
    { header: 'Channel', noChannel: 'Channel % does not exist.' },
  ],
  AOCMessage: [
    {
      header: 'Channel',
      absent: 'Channel and PartialChannel are not specified. Specify at least one of these.',
    },
  ],
  AbsoluteTimeout: [{ header: 'Channel', absent: 'No channel specified', noChannel: 'No such channel' }],
  MixMonitor: [{ header: 'Channel', absent: 'No channel specified', noChannel: 'No such channel' }],
  MixMonitorMute: [{ header: 'Channel', absent: 'Channel not specified', noChannel: 'Channel not found' }],
  MuteAudio: [
    { header: 'Channel', absent: 'Channel not specified' },
    { header: 'State', absent: 'State not specified' },
    { header: 'Channel', noChannel: 'Channel not found' },
  ],
  PlayDTMF: [{ header: 'Channel', absent: 'Channel not found', noChannel: 'Channel not found' }],
  PlayMF: [{ header: 'Channel', absent: 'Channel not found', noChannel: 'Channel not found' }],
  SendFlash: [{ header: 'Channel', absent: 'Channel not found', noChannel: 'Channel not found' }],
  SendText: [
    { header: 'Channel', absent: 'No channel specified' },
    { header: 'Message', absent: 'No Message specified' },
    { header: 'Channel', noChannel: 'No such channel' },
  ],
  ControlPlayback: [
    { header: 'Channel', absent: 'Channel not specified' },
    { header: 'Control', absent: 'Control command not specified' },
    { header: 'Channel', noChannel: 'Channel specified does not exist' },
  ],
  StopMixMonitor: [{ header: 'Channel', absent: 'No channel specified', noChannel: 'No such channel' }],
  BridgeDestroy: [{ header: 'BridgeUniqueid', absent: 'BridgeUniqueid must be provided' }],
};

/**
 * A known action that the simulation does not do: what is wrong with its arguments comes first; then it is answered as where its module is
 * not loaded. The journal marks it, so that a test sees that its program needs more than is simulated.
 */
export function answerUnsimulated(request: ActionRequest): Answered {
  const { entry } = request;
  request.notSimulated();
  const checks = own(CHECKS, nameOf(request)) ?? [];
  const fault = checks.map((check) => faultOf(request, check)).find((found) => found !== undefined);
  return request.error(
    fault ?? `Invalid/unknown command: ${entry.action}. Use Action: ListCommands to show available commands.`,
  );
}

/** As the catalogue spells it. */
function nameOf({ host, entry }: ActionRequest): string {
  return host.actions.get(entry.action.toLowerCase())?.name ?? entry.action;
}

function faultOf(request: ActionRequest, { header, absent, noChannel }: Check): string | undefined {
  const value = request.header(header);
  if (value === '') return absent;
  const wanted = value.toLowerCase();
  const exists = request.pbx
    .channels()
    .some(({ name, uniqueid }) => name.toLowerCase() === wanted || uniqueid === value);
  return noChannel === undefined || exists ? undefined : noChannel.replace('%', value);
}
