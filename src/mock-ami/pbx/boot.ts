import { startRegistrar } from '../phones/registrar.ts';
import { hintStatus } from './hints.ts';
import { hintsOfDialplan, hintsOfModules, setGlobals, tellHint, tellMailboxes } from './loading.ts';
import type { Pbx } from './pbx.ts';

/** Status of a hint whose devices nothing knows. */
const UNAVAILABLE = 4;

/**
 * What a PBX that comes up tells once AMI listens, and how many ms later: who logs in at once sees it load its modules.
 * Source: recordings `fault-core-stop-now`, `fault-core-restart-now`, `fault-kill-9`.
 */
export const BOOT_STEPS: readonly { readonly atMs: number; readonly step: (pbx: Pbx) => void }[] = [
  { atMs: 35, step: startRegistrar },
  { atMs: 88, step: addHintsOfModules },
  { atMs: 116, step: tellMailboxes },
  { atMs: 138, step: loadDialplan },
  { atMs: 215, step: bootEnds },
];

/** Parking lots make their hints before anything knows of their spaces. */
function addHintsOfModules(pbx: Pbx): void {
  for (const hint of hintsOfModules(pbx)) tellHint(pbx, hint, { status: UNAVAILABLE });
}

/** By now the spaces are known, so that the hints of the modules change, the newest first. */
function loadDialplan(pbx: Pbx): void {
  setGlobals(pbx);
  for (const hint of hintsOfDialplan(pbx)) {
    // The extension is not in force yet, so that its hint is not found.
    tellHint(pbx, hint, { text: '' });
  }
  for (const hint of hintsOfModules(pbx).reverse()) {
    if (hintStatus(pbx, hint).status !== UNAVAILABLE) tellHint(pbx, hint);
  }
}

function bootEnds(pbx: Pbx): void {
  pbx.state.fullyBooted = true;
  pbx.emit('FullyBooted', [
    ['Status', 'Fully Booted'],
    ['Uptime', '0'],
    ['LastReload', '0'],
  ]);
}
