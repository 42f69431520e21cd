import type { ConfFile } from './conf-file.ts';
import { valuesOf } from './conf-values.ts';

export interface AsteriskConf {
  readonly systemName: string;
  readonly defaultLanguage: string;
  readonly maxCalls: number;
  readonly maxLoad: number;
  readonly liveDangerously: boolean;
  /** Names as the dialplan knows them: `ASTETCDIR`. */
  readonly directories: ReadonlyMap<string, string>;
}

const defaultDirectories: readonly (readonly [string, string])[] = [
  ['ASTCACHEDIR', '/var/cache/asterisk'],
  ['ASTETCDIR', '/etc/asterisk'],
  ['ASTMODDIR', '/usr/lib/asterisk/modules'],
  ['ASTVARLIBDIR', '/var/lib/asterisk'],
  ['ASTDBDIR', '/var/lib/asterisk'],
  ['ASTKEYDIR', '/var/lib/asterisk'],
  ['ASTDATADIR', '/var/lib/asterisk'],
  ['ASTAGIDIR', '/var/lib/asterisk/agi-bin'],
  ['ASTSPOOLDIR', '/var/spool/asterisk'],
  ['ASTRUNDIR', '/var/run/asterisk'],
  ['ASTLOGDIR', '/var/log/asterisk'],
  ['ASTSBINDIR', '/usr/sbin'],
];

/** asterisk.conf. Source: main/options.c, load_asterisk_conf. */
export function readAsteriskConf(conf: ConfFile): AsteriskConf {
  const options = valuesOf(conf, 'options');
  const entries = valuesOf(conf, 'directories').category?.entries ?? [];
  const named = entries.map(({ name, value }) => [name.toUpperCase(), value] as const);
  return {
    systemName: options.text('systemname') ?? '',
    defaultLanguage: options.text('defaultlanguage') ?? 'en',
    maxCalls: options.integer('maxcalls', 0),
    maxLoad: Number.parseFloat(options.text('maxload') ?? '0') || 0,
    liveDangerously: options.flag('live_dangerously', false),
    directories: new Map([...defaultDirectories, ...named]),
  };
}
