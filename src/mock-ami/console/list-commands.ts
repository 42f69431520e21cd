import { listedHints } from '../actions/extension-states.ts';
import { MODULE_NAMES } from '../catalog/module-names.ts';
import { hintStatus } from '../pbx/hints.ts';
import type { ConsoleCommand, ConsoleRequest } from './console-command.ts';
import { dialplanShow } from './dialplan-show.ts';
import { queueShow } from './queue-show.ts';

export const listCommands: readonly ConsoleCommand[] = [
  { name: 'core show hints', run: showHints },
  { name: 'database show', run: databaseShow },
  { name: 'manager show connected', run: managerShowConnected },
  { name: 'module show', run: moduleShow },
  { name: 'dialplan show', run: dialplanShow },
  { name: 'queue show', run: queueShow },
  { name: 'logger show channels', run: () => LOGGER_CHANNELS },
];

function showHints({ host }: ConsoleRequest): string[] {
  const { pbx } = host;
  const hints = listedHints(pbx);
  const rows = hints.map((hint) => {
    const place = column(`${hint.exten}@${hint.context}`, 30);
    const presence = pbx.state.presence[hint.presence]?.state ?? 'not_set';
    const state = column(hintStatus(pbx, hint).text, 15);
    return `${place}: ${column(hint.text, 60)}  State:${state} Presence:${column(presence, 15)} Watchers  0`;
  });
  return [
    '',
    '    -= Registered Asterisk Dial Plan Hints =-',
    ...rows,
    '----------------',
    `- ${hints.length} hints registered`,
  ];
}

/** The simulation writes no logs; these are those of a plain Asterisk. Source: recording `command-action`. */
const LOGGER_CHANNELS: readonly string[] = [
  'Logger queue limit: 1000',
  '',
  'Channel                             Type     Formatter  Status    Configuration',
  '-------                             ----     ---------  ------    -------------',
  '/var/log/asterisk/securi File     default    Enabled    - SECURITY ',
  '                                    Console  default    Enabled    - ERROR VERBOSE ',
  '/var/log/asterisk/full.l File     default    Enabled    - NOTICE WARNING ERROR VERBOSE DTMF ',
  '/var/log/asterisk/messag File     default    Enabled    - NOTICE WARNING ERROR ',
  '',
];

/** All of it, one family, or one key. */
function databaseShow({ host, words }: ConsoleRequest): string[] {
  const prefix = words.length === 0 ? '' : `/${words.join('/')}`;
  const entries = Object.entries(host.pbx.state.astdb).sort(([one], [other]) => (one < other ? -1 : 1));
  const found = entries.filter(([path]) => prefix === '' || path === prefix || path.startsWith(`${prefix}/`));
  return [...found.map(([path, value]) => `${path.padEnd(50)}: ${value.padEnd(25)}`), `${found.length} results found.`];
}

function managerShowConnected({ host }: ConsoleRequest): string[] {
  const users = [...host.sessions].filter(({ user }) => user !== undefined);
  const nowS = Math.floor(host.pbx.now / 1000);
  const rows = users.map(({ user, peer, loginMs, number }) => {
    const startS = Math.floor(loginMs / 1000);
    const bits = (value = 0): string => String(value).padStart(10, '0');
    return sessionRow([
      user?.name ?? '',
      peer.remote.address,
      String(startS),
      String(nowS - startS),
      String(number + 9),
      '0',
      bits(user?.readBits),
      bits(user?.writeBits),
    ]);
  });
  return [sessionRow(SESSION_HEAD), ...rows, `${users.length} users connected.`];
}

const SESSION_HEAD = ['Username', 'IP Address', 'Start', 'Elapsed', 'FileDes', 'HttpCnt', 'ReadPerms', 'WritePerms'];
const SESSION_WIDTHS = [15, 55, 10, 10, 8, 8, 10, 10];

function sessionRow(cells: readonly string[]): string {
  return `  ${cells.map((cell, index) => column(cell, SESSION_WIDTHS[index] ?? 0)).join('  ')}`;
}

/** `module show` or `module show like NAME`. */
function moduleShow({ words }: ConsoleRequest): string[] | undefined {
  const [like, part = ''] = words;
  if (like !== undefined && (like !== 'like' || part === '')) return undefined;
  const found = [...MODULE_NAMES].filter((name) => name.includes(part)).sort();
  const rows = found.map((name) => moduleRow(`${name}.so`, DESCRIPTIONS[name] ?? '', '0', 'Running', 'core'));
  return [
    moduleRow('Module', 'Description', 'Use Count', 'Status', 'Support Level'),
    ...rows,
    `${found.length} modules loaded`,
  ];
}

function moduleRow(file: string, description: string, uses: string, status: string, support: string): string {
  return `${file.padEnd(30)} ${column(description, 40)} ${uses.padEnd(10)} ${status.padEnd(11)} ${support.padStart(13)}`;
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  app_confbridge: 'Conference Bridge Application',
  app_dial: 'Dialing Application',
  app_queue: 'True Call Queueing',
  app_voicemail: 'Comedian Mail (Voicemail System)',
  chan_pjsip: 'PJSIP Channel Driver',
  pbx_config: 'Text Extension Configuration',
  res_parking: 'Call Parking Resource',
};

function column(text: string, width: number): string {
  return text.slice(0, width).padEnd(width);
}
