import type { ConformanceCase } from '../conformance-case.ts';
import { action, error } from './wording.ts';

/** An action with its headers, and why it is refused. */
type Refusal = readonly [name: string, headers: readonly string[], message: string];

const NO_CHANNEL = 'PJSIP/none-00000000';

/** Actions that ask for something that is not there, or do not say what they ask for, by what they concern. None of them can do anything. */
export const REFUSAL_CASES: readonly ConformanceCase[] = [
  refused('channels', 'hangup-action, core-show-channels-1, setvar-getvar', [
    ['Hangup', [], 'No channel specified'],
    ['Hangup', [`Channel: ${NO_CHANNEL}`], 'No such channel'],
    ['Status', [`Channel: ${NO_CHANNEL}`], 'No such channel'],
    ['Getvar', [], 'No variable specified'],
    ['Getvar', [`Channel: ${NO_CHANNEL}`, 'Variable: FOO'], 'No such channel'],
    ['Setvar', [`Channel: ${NO_CHANNEL}`, 'Value: x'], 'No variable specified'],
    ['Setvar', [`Channel: ${NO_CHANNEL}`, 'Variable: X', 'Value: 1'], 'No such channel'],
  ]),
  refused('redirects', 'ami-redirect-errors', [
    ['Redirect', [], 'Channel not specified'],
    [
      'Redirect',
      [`Channel: ${NO_CHANNEL}`, 'Context: nosuch', 'Exten: 1', 'Priority: 1'],
      `Channel does not exist: ${NO_CHANNEL}`,
    ],
  ]),
  refused('transfers', 'ami-blind-transfer', [
    ['BlindTransfer', ['Channel: none'], 'No extension specified'],
    ['BlindTransfer', ['Channel: none', 'Exten: 1'], 'Channel specified does not exist'],
  ]),
  refused('originate', 'originate-errors', [
    ['Originate', [], 'Channel not specified'],
    ['Originate', ['Channel: NoTech1', 'Application: Wait'], 'Invalid channel'],
    ['Originate', ['Channel: NoTech/1', 'Context: nosuch', 'Exten: 1', 'Priority: x'], 'Invalid priority'],
    ['Originate', ['Channel: NoTech/1', 'Application: Wait', 'Timeout: x'], 'Invalid timeout'],
    ['Originate', ['Channel: NoTech/1'], "Originate with 'Exten' requires 'Context' and 'Priority'"],
  ]),
  refused('bridges', 'ami-bridge-action, core-show-channels-1', [
    ['Bridge', [], 'Missing channel parameter in request'],
    ['Bridge', ['Channel1: none', 'Channel2: x'], 'Channel1 does not exist: none'],
    ['BridgeInfo', [], 'BridgeUniqueid must be provided'],
    ['BridgeInfo', ['BridgeUniqueid: none'], 'Specified BridgeUniqueid not found'],
  ]),
  refused('database', 'db-actions', [
    ['DBGet', [], 'No family specified.'],
    ['DBGet', ['Family: no-family-of-this-name'], 'No key specified.'],
    ['DBGet', ['Family: no-family-of-this-name', 'Key: x'], 'Database entry not found'],
    ['DBPut', ['Family: no-family-of-this-name'], 'No key specified'],
    ['DBDel', [], 'No family specified.'],
    ['DBDelTree', [], 'No family specified.'],
  ]),
  refused('configuration files', 'config-actions', [
    ['GetConfig', [], 'Filename not specified'],
    ['GetConfig', ['Filename: no-file-of-this-name.conf'], 'Config file not found'],
    ['GetConfig', ['Filename: ../../etc/passwd'], 'Config file not found'],
    ['ListCategories', ['Filename: no-file-of-this-name.conf'], 'Config file not found'],
  ]),
  refused('states', 'extension-state-actions', [
    ['ExtensionState', [], 'Extension not specified'],
    ['PresenceState', [], 'No provider specified'],
    ['PresenceState', ['Provider: Bogus'], 'Invalid provider Bogus or provider in invalid state'],
  ]),
  refused('modules', 'core-status-settings', [
    ['ModuleCheck', ['Module: nosuch'], 'Module not loaded'],
    ['Reload', ['Module: nosuch'], 'No such module'],
  ]),
  refused('queues', 'queue-member-actions', [
    ['QueueAdd', ['Interface: PJSIP/none'], "'Queue' not specified."],
    ['QueueAdd', ['Queue: no-queue-of-this-name'], "'Interface' not specified."],
    [
      'QueueAdd',
      ['Queue: no-queue-of-this-name', 'Interface: PJSIP/none'],
      'Unable to add interface to queue: No such queue',
    ],
    ['QueueRemove', ['Queue: no-queue-of-this-name'], "Need 'Queue' and 'Interface' parameters."],
    ['QueuePause', ['Paused: true'], "Need 'Interface' and 'Paused' parameters."],
  ]),
  refused('conferences', 'confbridge', [
    ['ConfbridgeList', [], 'No Conference name provided.'],
    ['ConfbridgeMute', ['Conference: nosuch'], 'No channel name provided.'],
  ]),
  refused('parking', 'ami-park', [
    ['Park', [], 'Channel not specified'],
    ['Park', ['Channel: PJSIP/none'], 'Channel does not exist: PJSIP/none'],
    ['ParkedCalls', ['ParkingLot: nosuch'], 'Requested parking lot could not be found.'],
  ]),
  refused('mailboxes', 'voicemail-mwi', [
    ['MailboxStatus', [], 'Mailbox not specified'],
    ['MailboxCount', [], 'Mailbox not specified'],
  ]),
  refused('dialplan', 'show-dialplan', [
    ['ShowDialPlan', ['Context: no-context-of-this-name'], 'Did not find context no-context-of-this-name'],
  ]),
];

function refused(what: string, source: string, refusals: readonly Refusal[]): ConformanceCase {
  return {
    name: `errors of ${what}`,
    rule: 'What is missing or not there is said in the words of Asterisk.',
    source,
    send: refusals.map(([name, headers], at) => action(name, `c${at}`, ...headers)),
    expect: refusals.map(([, , message], at) => error(`c${at}`, message)),
  };
}
