import { findChannel } from '../actions/find-channel.ts';
import { shown } from '../pbx/channel.ts';
import { CHANNEL_STATES } from '../pbx/state.ts';
import type { ConsoleRequest } from './console-command.ts';

/** `core show channel NAME`: all of one channel. Source: `handle_showchan`, main/cli.c; recording `command-action`. */
export function showChannel({ host, words }: ConsoleRequest): string[] | undefined {
  const [name] = words;
  if (name === undefined) return undefined;
  const { pbx } = host;
  const channel = findChannel(pbx, name);
  if (channel === undefined) return [`${name} is not a known channel`];
  const snapshot = shown(pbx, channel);
  const endpoint = pbx.config.pjsip.endpoints.get(channel.endpoint);
  const orNone = (text: string): string => (text === '' ? '(N/A)' : text);
  const seconds = Math.floor((pbx.now - channel.createdMs) / 1000);
  const elapsed = `${Math.floor(seconds / 3600)}h${Math.floor(seconds / 60) % 60}m${seconds % 60}s`;
  return [
    ' -- General --',
    `           Name: ${snapshot.channel}`,
    `           Type: ${channel.tech}`,
    `       UniqueID: ${snapshot.uniqueid}`,
    `       LinkedID: ${snapshot.linkedid}`,
    `      Caller ID: ${orNone(snapshot.callerIdNum)}`,
    ` Caller ID Name: ${orNone(snapshot.callerIdName)}`,
    `Connected Line ID: ${orNone(snapshot.connectedLineNum)}`,
    `Connected Line ID Name: ${orNone(snapshot.connectedLineName)}`,
    `Eff. Connected Line ID: ${orNone(snapshot.connectedLineNum)}`,
    `Eff. Connected Line ID Name: ${orNone(snapshot.connectedLineName)}`,
    `    DNID Digits: ${orNone(channel.dialedNumber)}`,
    `       Language: ${snapshot.language}`,
    `          State: ${snapshot.state} (${CHANNEL_STATES.indexOf(snapshot.state)})`,
    '  NativeFormats: (ulaw)',
    '    WriteFormat: ulaw',
    '     ReadFormat: ulaw',
    ' WriteTranscode: No ',
    '  ReadTranscode: No ',
    ' Time to Hangup: 0',
    `   Elapsed Time: ${elapsed}`,
    `      Bridge ID: ${channel.bridge === '' ? '(Not bridged)' : channel.bridge}`,
    ' --   PBX   --',
    `        Context: ${snapshot.context}`,
    `      Extension: ${snapshot.exten}`,
    `       Priority: ${snapshot.priority}`,
    `     Call Group: ${groupMask(endpoint?.callGroup)}`,
    `   Pickup Group: ${groupMask(endpoint?.pickupGroup)}`,
    `    Application: ${orNone(snapshot.application)}`,
    `           Data: ${orNone(snapshot.applicationData)}`,
    '      Variables:',
    ...Object.entries(channel.variables)
      .reverse()
      .map(([variable, { value }]) => `${variable}=${value}`),
    '',
    ' -- Streams --',
    'Name: audio-0',
    '    Type: audio',
    '    State: sendrecv',
    '    Group: -1',
    '    Formats: (ulaw)',
    '    Metadata:',
    '',
  ];
}

/** Groups are shown as bits: group 1 is 2. */
function groupMask(groups: readonly number[] = []): string {
  return String(groups.reduce((mask, group) => mask + 2 ** group, 0));
}
