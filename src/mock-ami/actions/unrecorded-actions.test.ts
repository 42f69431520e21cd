import { describe, expect, it } from 'vitest';
import { labConfig } from '../../../test/fixtures.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { parseScenario } from '../../scenarios/parse-scenario.ts';
import { asterisk22 } from '../catalog/asterisk-22.ts';
import { playInstantly } from '../play-in-simulation.ts';
import { loadedActions } from './loaded-actions.ts';
import { answerUnsimulated } from './unsimulated.ts';

/** What the PBX says while these steps are played, message by message. */
function hear(steps: readonly string[], given = '{}'): string[] {
  const yaml = `scenario: test\ngiven: ${given}\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
  const { play, trace } = playInstantly(parseScenario(yaml), { runtime: nodeRuntime(), files: labConfig() });
  expect(play.failure).toBeUndefined();
  return trace().lines.flatMap(({ dir, raw }) => (dir === 'in' && raw !== undefined ? [raw] : []));
}

const rows = (message: string | undefined): string[] => (message ?? '').trimEnd().split('\r\n').slice(1);
/** Messages of the responses to the actions of `admin`, without that of its login and logoff. */
const answers = (heard: readonly string[]): string[] =>
  heard
    .flatMap((raw) =>
      /^Response: (?:Success|Error)\r\n/.test(raw) ? [/\r\nMessage: ([^\r]*)\r\n/.exec(raw)?.[1] ?? ''] : [],
    )
    .slice(1);

describe('every loaded action', () => {
  it('is done by the simulation', () => {
    const known = [...loadedActions(asterisk22).values()];
    expect(known.filter(({ run }) => run === answerUnsimulated)).toEqual([]);
  });
});

describe('PJSIPSetMaintenance', () => {
  it('has an endpoint refused that registers anew', () => {
    const heard = hear([
      'admin sends PJSIPSetMaintenance: {Endpoint: 1007, State: on}',
      '1007 registers',
      'wait 500ms',
      'admin sends PJSIPSetMaintenance: {Endpoint: 1007, State: off}',
      '1007 registers',
      'wait 500ms',
    ]);
    const told = heard.map((raw) => /^Event: (PJSIPMaintenanceStatus|PeerStatus)\r\n/.exec(raw)?.[1]).filter(Boolean);
    expect(told).toEqual(['PJSIPMaintenanceStatus', 'PJSIPMaintenanceStatus', 'PeerStatus']);
  });

  it('has new calls from and to an endpoint refused, and tells so once', () => {
    const heard = hear([
      'admin sends PJSIPSetMaintenance: {Endpoint: 1002, State: on}',
      'admin sends PJSIPSetMaintenance: {Endpoint: 1002, State: ON}',
      'admin sends PJSIPShowMaintenance',
      'admin sends PJSIPShowMaintenance: {Endpoint: 1001}',
      '1002 dials 1001',
      'wait 100ms',
      '1001 dials 1002',
      'wait 1s',
      'admin sends PJSIPSetMaintenance: {Endpoint: all, State: off}',
      'admin sends PJSIPSetMaintenance: {Endpoint: none, State: off}',
      'admin sends PJSIPSetMaintenance: {Endpoint: 1002, State: maybe}',
      'admin sends PJSIPSetMaintenance: {Endpoint: 1002}',
      'admin sends PJSIPSetMaintenance',
    ]);
    expect(heard.filter((raw) => raw.startsWith('Event: PJSIPMaintenanceStatus\r\n')).map(rows)).toEqual([
      ['Privilege: system,all', 'Endpoint: 1002', 'Status: enabled'],
      ['ActionID: admin-4', 'Endpoint: 1002', 'Status: enabled'],
      ['ActionID: admin-5', 'Endpoint: 1001', 'Status: disabled'],
      ['Privilege: system,all', 'Endpoint: all', 'Status: disabled'],
    ]);
    expect(heard.filter((raw) => /^Event: Newchannel\r\n[\s\S]*Channel: PJSIP\/1002/.test(raw))).toEqual([]);
    expect(heard.some((raw) => /Variable: DIALSTATUS\r\nValue: CHANUNAVAIL\r\n/.test(raw))).toBe(true);
    expect(answers(heard)).toEqual([
      'Maintenance mode enabled',
      'Maintenance mode enabled',
      'Maintenance status events follow',
      'Maintenance status events follow',
      'Maintenance mode disabled for all endpoints',
      "Endpoint 'none' not found",
      "State must be 'on' or 'off'",
      'State parameter missing',
      'Endpoint parameter missing',
    ]);
  });
});

describe('PJSIPHangup', () => {
  it('refuses a call that nobody has answered with a SIP code', () => {
    const heard = hear([
      '1001 dials 1002',
      'wait 200ms',
      'admin sends PJSIPHangup: {Channel: "${channel of 1001}", Cause: BUSY_HERE}',
      'wait until 1001 is idle',
      'admin sends PJSIPHangup: {Channel: PJSIP/none, Cause: 486}',
      'admin sends PJSIPHangup',
      '1001 dials 1002',
      'wait 200ms',
      'admin sends PJSIPHangup: {Channel: "${channel of 1001}", Cause: nonsense}',
      'wait until 1001 is idle',
    ]);
    expect(
      heard.some((raw) => /^Event: Hangup\r\n[\s\S]*PJSIP\/1001[\s\S]*Cause: 17\r\n[\s\S]*TechCause: 486/.test(raw)),
    ).toBe(true);
    expect(heard.some((raw) => /^Event: Hangup\r\n[\s\S]*PJSIP\/1001[\s\S]*TechCause: 603/.test(raw))).toBe(true);
    expect(answers(heard)).toEqual(['Channel Hungup', 'No such channel', 'No channel specified', 'Channel Hungup']);
  });
});

describe('VoicemailMove, VoicemailForward and VoicemailRemove', () => {
  it('act on a message by its id, and tell the boxes that have changed', () => {
    const box = 'Mailbox: "1003", Context: default';
    const heard = hear(
      [
        `admin sends VoicemailBoxSummary: {${box}}`,
        'wait for event VoicemailBoxDetail as mail',
        `admin sends VoicemailMove: {${box}, Folder: INBOX, ID: "\${mail.ID}", ToFolder: Old}`,
        `admin sends VoicemailForward: {${box}, Folder: Old, ID: "\${mail.ID}", ToMailbox: "1002", ToContext: default, ToFolder: INBOX}`,
        `admin sends VoicemailRemove: {${box}, Folder: Old, ID: "\${mail.ID}"}`,
        `admin sends VoicemailRemove: {${box}, Folder: Old, ID: "\${mail.ID}"}`,
        `admin sends VoicemailMove: {${box}, Folder: Old, ID: x}`,
        'admin sends VoicemailForward',
      ],
      '{mailboxes: {1003@default: 1}}',
    );
    const told = heard.filter((raw) => raw.startsWith('Event: MessageWaiting')).map((raw) => rows(raw).slice(1));
    expect(told).toEqual([
      ['Mailbox: 1003@default', 'Waiting: 0', 'New: 0', 'Old: 1'],
      ['Mailbox: 1002@default', 'Waiting: 1', 'New: 1', 'Old: 0'],
      ['Mailbox: 1003@default', 'Waiting: 0', 'New: 0', 'Old: 0'],
    ]);
    expect(answers(heard)).toEqual([
      'Voicemail box detail will follow',
      'Message move successful\n',
      'Message forward successful\n',
      'Message remove successful\n',
      'Message remove failed\n',
      'ToFolder not specified, required',
      'Mailbox not specified, required',
    ]);
  });
});

describe('AOCMessage', () => {
  it('is checked', () => {
    const call = 'Channel: "${channel of 1001}"';
    const heard = hear([
      '1001 dials 660',
      'wait 200ms',
      'admin sends AOCMessage: {Channel: PJSIP/none}',
      `admin sends AOCMessage: {${call}}`,
      `admin sends AOCMessage: {${call}, MsgType: D}`,
      `admin sends AOCMessage: {${call}, MsgType: D, ChargeType: Beer}`,
      `admin sends AOCMessage: {${call}, MsgType: D, ChargeType: Currency}`,
      `admin sends AOCMessage: {${call}, MsgType: D, ChargeType: Currency, CurrencyAmount: 5}`,
      `admin sends AOCMessage: {${call}, MsgType: D, ChargeType: Currency, CurrencyAmount: 5, CurrencyMultiplier: Few}`,
      'admin sends AOCMessage: {ChannelPrefix: PJSIP/1001, MsgType: e, ChargeType: Free}',
      '1001 hangs up',
    ]);
    expect(answers(heard)).toEqual([
      'No such channel',
      'Invalid MsgType',
      'ChargeType not specified',
      'Invalid ChargeType',
      'Invalid CurrencyAmount, CurrencyAmount is a required when ChargeType is Currency',
      'ChargeMultiplier unspecified, ChargeMultiplier is required when ChargeType is Currency.',
      'Invalid ChargeMultiplier',
      'AOC Message successfully queued on channel',
    ]);
  });
});
