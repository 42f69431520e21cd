import type { ConfFile } from './conf-file.ts';
import { valuesOf } from './conf-values.ts';
import type { WarningSink } from './config-warning.ts';

export interface FeaturesGeneral {
  readonly pickupexten: string;
  readonly pickupsound: string;
  readonly pickupfailsound: string;
  readonly courtesytone: string;
  readonly xfersound: string;
  readonly xferfailsound: string;
  readonly transferDigitTimeoutS: number;
  readonly featureDigitTimeoutMs: number;
  readonly atxferNoAnswerTimeoutS: number;
  readonly atxferDropCall: boolean;
  readonly atxferLoopDelayS: number;
  readonly atxferCallbackRetries: number;
  readonly transferDialAttempts: number;
  readonly atxferabort: string;
  readonly atxfercomplete: string;
  readonly atxferthreeway: string;
  readonly atxferswap: string;
}

/** Digits that a party presses within a call; empty: off. */
export interface FeatureMap {
  readonly blindxfer: string;
  readonly atxfer: string;
  readonly disconnect: string;
  readonly automon: string;
  readonly automixmon: string;
  readonly parkcall: string;
}

/** `name => digits,self or peer,application,arguments,music class`. */
export interface ApplicationFeature {
  readonly name: string;
  readonly digits: string;
  readonly activateOn: 'self' | 'peer';
  readonly activatedBy: 'both' | 'caller' | 'callee';
  readonly app: string;
  readonly args: string;
  readonly musicClass: string;
}

export interface FeaturesConf {
  readonly general: FeaturesGeneral;
  readonly featureMap: FeatureMap;
  readonly applicationMap: ReadonlyMap<string, ApplicationFeature>;
}

/** features.conf. Source: main/features_config.c. */
export function readFeaturesConf(conf: ConfFile, warn: WarningSink): FeaturesConf {
  const general = valuesOf(conf, 'general');
  const map = valuesOf(conf, 'featuremap');
  return {
    general: {
      pickupexten: general.text('pickupexten') ?? '*8',
      pickupsound: general.text('pickupsound') ?? '',
      pickupfailsound: general.text('pickupfailsound') ?? '',
      courtesytone: general.text('courtesytone') ?? '',
      xfersound: general.text('xfersound') ?? 'beep',
      xferfailsound: general.text('xferfailsound') ?? 'beeperr',
      transferDigitTimeoutS: general.integer('transferdigittimeout', 3),
      featureDigitTimeoutMs: general.integer('featuredigittimeout', 1000),
      atxferNoAnswerTimeoutS: general.integer('atxfernoanswertimeout', 15),
      atxferDropCall: general.flag('atxferdropcall', false),
      atxferLoopDelayS: general.integer('atxferloopdelay', 10),
      atxferCallbackRetries: general.integer('atxfercallbackretries', 2),
      transferDialAttempts: general.integer('transferdialattempts', 3),
      atxferabort: general.text('atxferabort') ?? '*1',
      atxfercomplete: general.text('atxfercomplete') ?? '*2',
      atxferthreeway: general.text('atxferthreeway') ?? '*3',
      atxferswap: general.text('atxferswap') ?? '*4',
    },
    featureMap: {
      blindxfer: map.text('blindxfer') ?? '#',
      atxfer: map.text('atxfer') ?? '',
      disconnect: map.text('disconnect') ?? '*',
      automon: map.text('automon') ?? '',
      automixmon: map.text('automixmon') ?? '',
      parkcall: map.text('parkcall') ?? '',
    },
    applicationMap: readApplicationMap(conf, warn),
  };
}

function readApplicationMap(conf: ConfFile, warn: WarningSink): ReadonlyMap<string, ApplicationFeature> {
  const features = (valuesOf(conf, 'applicationmap').category?.entries ?? []).flatMap((entry) => {
    const feature = readFeature(entry.name, entry.value);
    if (feature !== undefined) return [feature];
    const message = `"${entry.name} => ${entry.value}" is no feature; write ${entry.name} => #9,peer,Playback,tt-monkeys`;
    warn({ file: entry.file, line: entry.line, severity: 'warning', message });
    return [];
  });
  return new Map(features.map((feature) => [feature.name, feature]));
}

function readFeature(name: string, value: string): ApplicationFeature | undefined {
  const [digits = '', activation = '', ...rest] = value.split(',');
  const [on = '', by = 'both'] = activation.trim().toLowerCase().split('/');
  const activateOn: 'self' | 'peer' | undefined =
    on === 'self' || on === 'caller' ? 'self' : on === 'peer' || on === 'callee' ? 'peer' : undefined;
  const activatedBy = (['both', 'caller', 'callee'] as const).find((who) => who === by);
  const action = rest.join(',').trim();
  const [, app = '', parenthesised, musicAfter = ''] = /^([^(,]+)\((.*)\)(?:,(.*))?$/.exec(action) ?? [];
  if (digits.trim() === '' || activateOn === undefined || activatedBy === undefined || action === '') return undefined;
  const feature = { name, digits: digits.trim(), activateOn, activatedBy } as const;
  if (parenthesised !== undefined)
    return { ...feature, app: app.trim(), args: parenthesised, musicClass: musicAfter.trim() };
  const [plainApp = '', plainArgs = '', musicClass = ''] = rest.map((part) => part.trim());
  return { ...feature, app: plainApp, args: plainArgs.replace(/^"(.*)"$/, '$1'), musicClass };
}
