import { isTrue } from '../../config/conf-values.ts';
import type { ConferenceBridge, ConferenceUser } from '../../config/confbridge-conf.ts';
import { own } from '../own.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';

/** What CONFBRIDGE() has chosen for the channel: a profile to begin with, and options of its own. Plain data. */
interface Chosen {
  template: string;
  options: Record<string, string>;
}

type Kind = 'user' | 'bridge';

const CHOSEN = 'confbridge';

/** Options by the field that they set, as far as anything follows from them. */
const USER_FLAGS: Readonly<Record<string, keyof ConferenceUser>> = {
  admin: 'admin', marked: 'marked', startmuted: 'startMuted', wait_marked: 'waitMarked', end_marked: 'endMarked', quiet: 'quiet',
  music_on_hold_when_empty: 'musicOnHoldWhenEmpty', announce_join_leave: 'announceJoinLeave', announce_user_count: 'announceUserCount',
  announce_only_user: 'announceOnlyUser', talk_detection_events: 'talkDetectionEvents', dsp_drop_silence: 'dropSilence',
  dtmf_passthrough: 'dtmfPassthrough',
}; // biome-ignore format: a table

function chosen(channel: Channel, kind: Kind): Chosen | undefined {
  return (channel.extra[CHOSEN] as Partial<Record<Kind, Chosen>> | undefined)?.[kind];
}

/** `CONFBRIDGE(user,startmuted)=yes`. Source: `func_confbridge_helper`, apps/confbridge/conf_config_parser.c. */
export function chooseOption(channel: Channel, kind: string, option: string, value: string): void {
  if (kind !== 'user' && kind !== 'bridge') return;
  const all = { ...(channel.extra[CHOSEN] as Partial<Record<Kind, Chosen>> | undefined) };
  if (option === 'clear') delete all[kind];
  else if (option === 'template') all[kind] = { template: value, options: {} };
  else all[kind] = { template: all[kind]?.template ?? '', options: { ...all[kind]?.options, [option]: value } };
  channel.extra[CHOSEN] = all;
}

/** The profile of that name; without one what was chosen for the channel, else the default. */
export function userProfile(pbx: Pbx, channel: Channel, name: string): ConferenceUser | undefined {
  const { users } = pbx.config.confbridge;
  const options = name === '' ? chosen(channel, 'user') : undefined;
  const base = users.get(options?.template || name) ?? users.get('default_user');
  if (base === undefined || options === undefined) return base;
  const flags = Object.entries(options.options).flatMap(([option, value]) => {
    const field = own(USER_FLAGS, option.toLowerCase());
    return field === undefined ? [] : [[field, isTrue(value)] as const];
  });
  const music = options.options['music_on_hold_class'];
  return { ...base, ...Object.fromEntries(flags), ...(music === undefined ? {} : { musicOnHoldClass: music }) };
}

export function bridgeProfile(pbx: Pbx, channel: Channel, name: string): ConferenceBridge | undefined {
  const { bridges } = pbx.config.confbridge;
  const options = name === '' ? chosen(channel, 'bridge') : undefined;
  const base = bridges.get(options?.template || name) ?? bridges.get('default_bridge');
  const most = Number.parseInt(options?.options['max_members'] ?? '', 10);
  return base === undefined || Number.isNaN(most) ? base : { ...base, maxMembers: most };
}
