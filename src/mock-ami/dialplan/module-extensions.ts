import type { ParkingConf, ParkingLotConf } from '../config/parking-conf.ts';
import { addExtension } from './change-dialplan.ts';
import { type Dialplan, type DialplanContext, emptyDialplan, hintPriority } from './dialplan.ts';

/** An extension that a module adds: its priorities from 1 on. */
type ModuleLines = readonly (readonly [exten: string, priority: number, app: string, args: string])[];

const periodicHookContext = '__func_periodic_hook_context__';
const periodicHookLines: ModuleLines = [
  ['hook', 1, 'Set', 'EncodedChannel=${HOOK_CHANNEL}'],
  ['hook', 2, 'Set', 'GROUP_NAME=${EncodedChannel}${HOOK_ID}'],
  ['hook', 3, 'Set', 'GROUP(periodic-hook)=${GROUP_NAME}'],
  ['hook', 4, 'ExecIf', '$[${GROUP_COUNT(${GROUP_NAME}@periodic-hook)} > 1]?Hangup()'],
  ['hook', 5, 'Set', 'ChannelToSpy=${URIDECODE(${EncodedChannel})}'],
  ['hook', 6, 'ChanSpy', '${ChannelToSpy},qEB'],
  ['beep', 1, 'Answer', ''],
  ['beep', 2, 'Playback', 'beep'],
  ['beep', 3, 'Hangup', ''],
];

/**
 * The dialplan with the extensions that Asterisk's modules add by themselves: parking lots, and the hook of PERIODIC_HOOK.
 * Their contexts come before those of extensions.conf. Source: recording show-dialplan.
 */
export function addModuleExtensions(dialplan: Dialplan, parking: ParkingConf): Dialplan {
  let modules = emptyDialplan;
  for (const lot of parking.lots.values()) modules = addParkingLot(modules, lot);
  for (const [exten, priority, app, args] of periodicHookLines) {
    const line = { context: periodicHookContext, exten, priority, app, args, registrar: 'func_periodic_hook' };
    modules = addExtension(modules, line) ?? modules;
  }
  return modules.contexts.toReversed().reduce(mergeContext, dialplan);
}

/** Puts a module's context first, or adds its extensions to the context of that name. */
function mergeContext(dialplan: Dialplan, added: DialplanContext): Dialplan {
  if (!dialplan.contexts.some(({ name }) => name === added.name)) {
    return { ...dialplan, contexts: [added, ...dialplan.contexts] };
  }
  let merged = dialplan;
  for (const extension of added.extensions) {
    for (const priority of extension.priorities) {
      merged = addExtension(merged, { ...priority, context: added.name, exten: extension.name }) ?? merged;
    }
  }
  return merged;
}

function addParkingLot(dialplan: Dialplan, lot: ParkingLotConf): Dialplan {
  let result = dialplan;
  const add = (exten: string, priority: number, app: string, args: string, registrar: string) => {
    result = addExtension(result, { context: lot.context, exten, priority, app, args, registrar }) ?? result;
  };
  if (lot.parkExt === '') return result;
  const own = lot.parkExtExclusive ? lot.name : '';
  const registrar = `res_parking/${lot.name}`;
  add(lot.parkExt, 1, 'Park', own, own === '' ? 'res_parking' : registrar);
  for (let space = lot.firstSpace; space <= lot.lastSpace; space += 1) {
    const exten = String(space);
    if (lot.parkingHints) add(exten, hintPriority, `park:${exten}@${lot.context}`, '', registrar);
    add(exten, 1, 'ParkedCall', `${lot.name},${exten}`, registrar);
  }
  return result;
}
