import type { ConfFile } from './conf-file.ts';
import { splitList, valuesOf } from './conf-values.ts';

/** What is recorded of calls, and whether AMI hears of it. */
export interface CallRecordConf {
  readonly cdr: {
    readonly enabled: boolean;
    readonly unanswered: boolean;
    readonly congestion: boolean;
    readonly endBeforeHExten: boolean;
  };
  /** The event Cdr. */
  readonly cdrManager: {
    readonly enabled: boolean /** Variables and fields added to it. */;
    readonly mappings: readonly (readonly [string, string])[];
  };
  readonly cel: {
    readonly enabled: boolean /** Lower case; `all`. */;
    readonly apps: readonly string[] /** Upper case; `ALL`. */;
    readonly events: readonly string[];
  };
  /** The event CEL. */
  readonly celManager: { readonly enabled: boolean; readonly showUserDefined: boolean };
}

/** cdr.conf, cdr_manager.conf and cel.conf. Source: main/cdr.c, main/cel.c, cdr/cdr_manager.c, cel/cel_manager.c. */
export function readCallRecordConf(cdrConf: ConfFile, cdrManagerConf: ConfFile, celConf: ConfFile): CallRecordConf {
  const cdr = valuesOf(cdrConf, 'general');
  const cdrManager = valuesOf(cdrManagerConf, 'general');
  const cel = valuesOf(celConf, 'general');
  const celManager = valuesOf(celConf, 'manager');
  const mappings = valuesOf(cdrManagerConf, 'mappings').category?.entries ?? [];
  return {
    cdr: {
      enabled: cdr.flag('enable', true),
      unanswered: cdr.flag('unanswered', false),
      congestion: cdr.flag('congestion', false),
      endBeforeHExten: cdr.flag('endbeforehexten', true),
    },
    cdrManager: {
      enabled: cdrManager.flag('enabled', false),
      mappings: mappings.map(({ name, value }) => [name, value]),
    },
    cel: {
      enabled: cel.flag('enable', false),
      apps: splitList(cel.text('apps') ?? '').map((app) => app.toLowerCase()),
      events: splitList(cel.text('events') ?? '').map((event) => event.toUpperCase()),
    },
    celManager: {
      enabled: celManager.flag('enabled', false),
      showUserDefined: celManager.flag('show_user_defined', false),
    },
  };
}
