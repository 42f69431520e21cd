import type { Bridge } from './state.ts';

/** Nobody transfers out of a parking lot, or from where agents wait. Source: AST_BRIDGE_FLAG_TRANSFER_PROHIBITED of res_parking and app_agent_pool. */
export function prohibitsTransfer({ type }: Bridge): boolean {
  return type === 'parking' || type === 'agent_hold';
}

/** It is no bridge that ends, or that an attended transfer by keys has in hand. Source: `bridge_allows_optimization`. */
export function mayChange(bridge: Bridge): boolean {
  return !bridge.dissolving && bridge.extra['transfer'] === undefined && bridge.type !== 'base';
}

/** AST_BRIDGE_FLAG_SWAP_INHIBIT_FROM: nobody is moved out of it in exchange for a place elsewhere. */
function keepsIn(bridge: Bridge): boolean {
  return bridge.staysPut || prohibitsTransfer(bridge);
}

/** AST_BRIDGE_FLAG_SWAP_INHIBIT_TO */
function keepsOut({ type }: Bridge): boolean {
  return type === 'agent_hold';
}

function isPair(bridge: Bridge): boolean {
  return bridge.channels.length + bridge.unseen.length === 2;
}

/**
 * Of two bridges with a channel each that shall give way: the one in which the other party takes the place of its channel. Neither where
 * the rules forbid it. Source: `bridges_allow_swap_optimization`, main/bridge.c.
 */
export function swapInto(one: Bridge, other: Bridge): Bridge | undefined {
  const free = [one, other].every((bridge) => !keepsIn(bridge) && !keepsOut(bridge));
  if (isPair(one) && (free || !keepsIn(one)) && !keepsOut(other)) return other;
  if (isPair(other) && (free || !keepsIn(other)) && !keepsOut(one)) return one;
  return undefined;
}

/** Of two bridges the one that takes in all of the other. Source: `bridges_allow_merge_optimization`. */
export function mergeInto(one: Bridge, other: Bridge): Bridge | undefined {
  if ([one, other].some(keepsIn)) return undefined;
  const [small, large] = one.channels.length < other.channels.length ? [one, other] : [other, one];
  return small.channels.length < 2 ? undefined : large;
}
