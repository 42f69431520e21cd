import type { Pbx } from './pbx.ts';

/** Names of the endpoints in maintenance; calls that are up go on. */
export function maintenance(pbx: Pbx): readonly string[] {
  return state(pbx).endpoints;
}

export function isInMaintenance(pbx: Pbx, endpoint: string): boolean {
  return maintenance(pbx).includes(endpoint);
}

/** Tells whether that changed anything. */
export function setMaintenance(pbx: Pbx, endpoint: string, on: boolean): boolean {
  if (isInMaintenance(pbx, endpoint) === on) return false;
  const others = maintenance(pbx).filter((name) => name !== endpoint);
  state(pbx).endpoints = on ? [...others, endpoint] : others;
  return true;
}

function state(pbx: Pbx): { endpoints: readonly string[] } {
  return pbx.part('pjsipMaintenance', () => ({ endpoints: [] }));
}
