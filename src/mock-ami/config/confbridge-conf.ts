import type { ConfCategory, ConfFile } from './conf-file.ts';
import { ConfValues } from './conf-values.ts';
import type { WarningSink } from './config-warning.ts';

/** What somebody is in a conference. */
export interface ConferenceUser {
  readonly name: string;
  readonly admin: boolean;
  readonly marked: boolean;
  readonly startMuted: boolean;
  readonly waitMarked: boolean;
  readonly endMarked: boolean;
  readonly quiet: boolean;
  readonly musicOnHoldWhenEmpty: boolean;
  readonly musicOnHoldClass: string;
  readonly announceJoinLeave: boolean;
  readonly announceUserCount: boolean;
  readonly announceOnlyUser: boolean;
  readonly talkDetectionEvents: boolean;
  readonly dropSilence: boolean;
  readonly pin: string;
  readonly dtmfPassthrough: boolean;
  /** Ends the stay after that time; 0: never. */
  readonly timeoutS: number;
}

export interface ConferenceBridge {
  readonly name: string;
  /** 0: no limit. */
  readonly maxMembers: number;
  readonly recordConference: boolean;
  readonly recordFile: string;
  readonly language: string;
  readonly videoMode: string;
  readonly enableEvents: boolean;
}

/** `digits=action(...)`. */
export interface ConferenceMenu {
  readonly name: string;
  readonly actions: ReadonlyMap<string, string>;
}

export interface ConfbridgeConf {
  /** `default_user` is there even where the file does not name it. */
  readonly users: ReadonlyMap<string, ConferenceUser>;
  /** So is `default_bridge`. */
  readonly bridges: ReadonlyMap<string, ConferenceBridge>;
  readonly menus: ReadonlyMap<string, ConferenceMenu>;
}

/** confbridge.conf. Source: apps/confbridge/conf_config_parser.c, conf_load_config. */
export function readConfbridgeConf(conf: ConfFile, warn: WarningSink): ConfbridgeConf {
  const users = new Map([['default_user', readUser('default_user', new ConfValues(undefined))]]);
  const bridges = new Map([['default_bridge', readBridge('default_bridge', new ConfValues(undefined))]]);
  const menus = new Map<string, ConferenceMenu>();
  for (const category of conf.categories) {
    if (category.template || category.name.toLowerCase() === 'general') continue;
    const values = new ConfValues(category);
    switch (values.text('type')?.toLowerCase()) {
      case 'user':
        users.set(category.name, readUser(category.name, values));
        break;
      case 'bridge':
        bridges.set(category.name, readBridge(category.name, values));
        break;
      case 'menu':
        menus.set(category.name, readMenu(category));
        break;
      default: {
        const message = `[${category.name}] of confbridge.conf has no known type; write type = user, bridge or menu`;
        warn({ file: category.file, line: category.line, severity: 'warning', message });
      }
    }
  }
  return { users, bridges, menus };
}

function readUser(name: string, values: ConfValues): ConferenceUser {
  return {
    name,
    admin: values.flag('admin', false),
    marked: values.flag('marked', false),
    startMuted: values.flag('startmuted', false),
    waitMarked: values.flag('wait_marked', false),
    endMarked: values.flag('end_marked', false),
    quiet: values.flag('quiet', false),
    musicOnHoldWhenEmpty: values.flag('music_on_hold_when_empty', false),
    musicOnHoldClass: values.text('music_on_hold_class') ?? '',
    announceJoinLeave: values.flag('announce_join_leave', false),
    announceUserCount: values.flag('announce_user_count', false),
    announceOnlyUser: values.flag('announce_only_user', true),
    talkDetectionEvents: values.flag('talk_detection_events', false),
    dropSilence: values.flag('dsp_drop_silence', false),
    pin: values.text('pin') ?? '',
    dtmfPassthrough: values.flag('dtmf_passthrough', false),
    timeoutS: values.integer('timeout', 0),
  };
}

function readBridge(name: string, values: ConfValues): ConferenceBridge {
  return {
    name,
    maxMembers: values.integer('max_members', 0),
    recordConference: values.flag('record_conference', false),
    recordFile: values.text('record_file') ?? '',
    language: values.text('language') || 'en',
    videoMode: values.text('video_mode') ?? 'none',
    enableEvents: values.flag('enable_events', false),
  };
}

function readMenu(category: ConfCategory): ConferenceMenu {
  const actions = category.entries
    .filter(({ name }) => name.toLowerCase() !== 'type')
    .map(({ name, value }) => [name, value] as const);
  return { name: category.name, actions: new Map(actions) };
}
