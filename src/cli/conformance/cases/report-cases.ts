import type { ConformanceCase } from '../conformance-case.ts';
import { action, complete, error, success } from './wording.ts';

/** A list whose final event is named after its action. */
const list = (name: string, message: string, source: string, more: readonly string[] = []): ConformanceCase => ({
  name: `list ${name}`,
  rule: 'A list is a response, a row an item, and an event that counts them.',
  source,
  send: [action(name, 'c1')],
  expect: [success('c1', 'EventList: start', `Message: ${message}`), complete(`${name}Complete`, 'c1', ...more)],
});

/** Lists, and what the PBX tells of itself. */
export const REPORT_CASES: readonly ConformanceCase[] = [
  {
    name: 'list of actions',
    rule: 'ListCommands has a row an action, with the rights that it needs.',
    source: 'list-commands',
    send: ['Action: ListCommands\r\nActionID: c1\r\n\r\n'],
    expect: ['Response: Success\r\nActionID: c1\r\n...\r\nPing: *(Priv: *)\r\n...'],
  },
  list('CoreShowChannels', 'Channels will follow', 'core-show-channels-0'),
  list('Status', 'Channel status will follow', 'core-show-channels-0', ['Items: *']),
  list('BridgeList', 'Bridge listing will follow', 'core-show-channels-0'),
  list('ExtensionStateList', 'Extension Statuses will follow', 'extension-state-actions'),
  list('DeviceStateList', 'Device State Changes will follow', 'extension-state-actions'),
  list('PresenceStateList', 'Presence State Changes will follow', 'extension-state-actions'),
  {
    name: 'queue that there is not',
    rule: 'The status of an unknown queue is a good list without rows.',
    source: 'queue-status',
    send: [action('QueueStatus', 'c1', 'Queue: no-queue-of-this-name')],
    expect: [
      success('c1', 'EventList: start', 'Message: Queue status will follow'),
      'Event: QueueStatusComplete\r\nActionID: c1\r\nEventList: Complete\r\nListItems: 0',
    ],
  },
  {
    name: 'extension that there is not',
    rule: 'The state of an unknown extension is no error: -1, Unknown.',
    source: 'extension-state-actions',
    send: [action('ExtensionState', 'c1', 'Exten: nosuch', 'Context: nosuch')],
    expect: [
      success(
        'c1',
        'Message: Extension Status',
        'Exten: nosuch',
        'Context: nosuch',
        'Hint: ',
        'Status: -1',
        'StatusText: Unknown',
      ),
    ],
  },
  {
    name: 'core settings',
    rule: 'CoreSettings has these rows first, in this order.',
    source: 'core-status-settings',
    send: ['Action: CoreSettings\r\nActionID: c1\r\n\r\n'],
    expect: [
      'Response: Success\r\nActionID: c1\r\nAMIversion: *\r\nAsteriskVersion: *\r\nSystemName: *\r\nCoreMaxCalls: *\r\nCoreMaxLoadAvg: *\r\nCoreRunUser: *\r\nCoreRunGroup: *\r\nCoreMaxFilehandles: *\r\nCoreRealTimeEnabled: *\r\nCoreCDRenabled: *\r\nCoreHTTPenabled: *\r\n...',
    ],
  },
  {
    name: 'core status',
    rule: 'CoreStatus has these rows, in this order.',
    source: 'core-status-settings',
    send: ['Action: CoreStatus\r\nActionID: c1\r\n\r\n'],
    expect: [
      'Response: Success\r\nActionID: c1\r\nCoreStartupDate: *\r\nCoreStartupTime: *\r\nCoreReloadDate: *\r\nCoreReloadTime: *\r\nCoreCurrentCalls: *\r\n...',
    ],
  },
  {
    name: 'command',
    rule: 'Each line of a command is a row Output; without a command it is an error.',
    source: 'command-action',
    send: [
      'Action: Command\r\nActionID: c1\r\nCommand: core show uptime\r\n\r\n',
      'Action: Command\r\nActionID: c2\r\nCommand: \r\n\r\n',
    ],
    expect: [
      'Response: Success\r\nActionID: c1\r\nMessage: Command output follows\r\nOutput: System uptime: *\r\n...',
      error('c2', 'No command provided'),
    ],
  },
  {
    name: 'command that there is not',
    rule: 'An unknown command is an error that shows its output.',
    source: 'command-action',
    send: ['Action: Command\r\nActionID: c1\r\nCommand: nosuch command\r\n\r\n'],
    expect: [
      "Response: Error\r\nActionID: c1\r\nMessage: Command output follows\r\nOutput: No such command 'nosuch command' (type 'core show help nosuch command' for other possible commands)",
    ],
  },
];
