import type { ConfCategory, ConfFile } from './conf-file.ts';
import { ConfValues, isTrue, valuesOf } from './conf-values.ts';
import type { WarningSink } from './config-warning.ts';

/** Who may do something to the other side of a retrieved call. */
export type ParkedSide = 'no' | 'caller' | 'callee' | 'both';

export interface ParkingLotConf {
  readonly name: string;
  /** Number that parks; empty: none. */
  readonly parkExt: string;
  readonly parkExtExclusive: boolean;
  readonly firstSpace: number;
  readonly lastSpace: number;
  readonly context: string;
  readonly parkingTimeS: number;
  readonly comebackToOrigin: boolean;
  readonly comebackDialTimeS: number;
  readonly comebackContext: string;
  readonly parkedMusicClass: string;
  readonly parkingHints: boolean;
  readonly courtesyTone: string;
  readonly parkedPlay: ParkedSide;
  readonly parkedCallTransfers: ParkedSide;
  readonly parkedCallReparking: ParkedSide;
  readonly parkedCallHangup: ParkedSide;
  readonly parkedCallRecording: ParkedSide;
  readonly findSlot: 'first' | 'next';
}

export interface ParkingConf {
  readonly parkedDynamic: boolean;
  /** `default` is there even where the file does not name it. */
  readonly lots: ReadonlyMap<string, ParkingLotConf>;
}

/** res_parking.conf. Source: res/res_parking.c, load_module. */
export function readParkingConf(conf: ConfFile, warn: WarningSink): ParkingConf {
  const categories = conf.categories.filter(
    (category) => !category.template && category.name.toLowerCase() !== 'general',
  );
  const lots = categories.map((category) => readLot(category.name, new ConfValues(category), category, warn));
  if (!lots.some(({ name }) => name === 'default'))
    lots.unshift(readLot('default', new ConfValues(undefined), undefined, warn));
  return {
    parkedDynamic: valuesOf(conf, 'general').flag('parkeddynamic', false),
    lots: new Map(lots.map((lot) => [lot.name, lot])),
  };
}

function readLot(
  name: string,
  values: ConfValues,
  category: ConfCategory | undefined,
  warn: WarningSink,
): ParkingLotConf {
  const positions = values.text('parkpos') ?? '701-750';
  const [, first = '', last = first] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(positions) ?? [];
  if (first === '' || Number(last) < Number(first)) {
    const entry = category?.entries.findLast((candidate) => candidate.name.toLowerCase() === 'parkpos');
    const message = `parking lot [${name}] has no such spaces as "${positions}"; write parkpos => 701-720`;
    warn({ file: entry?.file ?? 'res_parking.conf', line: entry?.line ?? 0, severity: 'error', message });
  }
  return {
    name,
    parkExt: values.text('parkext') ?? '',
    parkExtExclusive: values.flag('parkext_exclusive', false),
    firstSpace: Number(first),
    lastSpace: Number(last),
    context: values.text('context') ?? 'parkedcalls',
    parkingTimeS: values.integer('parkingtime', 45),
    comebackToOrigin: values.flag('comebacktoorigin', true),
    comebackDialTimeS: values.integer('comebackdialtime', 30),
    comebackContext: values.text('comebackcontext') ?? 'parkedcallstimeout',
    parkedMusicClass: values.text('parkedmusicclass') ?? '',
    parkingHints: values.flag('parkinghints', false),
    courtesyTone: values.text('courtesytone') ?? '',
    parkedPlay: sideOf(values.text('parkedplay') ?? 'caller'),
    parkedCallTransfers: sideOf(values.text('parkedcalltransfers') ?? 'no'),
    parkedCallReparking: sideOf(values.text('parkedcallreparking') ?? 'no'),
    parkedCallHangup: sideOf(values.text('parkedcallhangup') ?? 'no'),
    parkedCallRecording: sideOf(values.text('parkedcallrecording') ?? 'no'),
    findSlot: values.text('findslot') === 'next' ? 'next' : 'first',
  };
}

function sideOf(value: string): ParkedSide {
  if (isTrue(value)) return 'both';
  return (['caller', 'callee', 'both'] as const).find((side) => side === value.toLowerCase()) ?? 'no';
}
