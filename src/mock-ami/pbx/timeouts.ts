import type { Channel } from './state.ts';

/** For the first digit of a number, and between two, in ms, where TIMEOUT() says nothing else. Source: `__ast_pbx_run`, main/pbx.c. */
const DEFAULT_MS = { response: 10_000, digit: 5000 } as const;

export type TimeoutKind = keyof typeof DEFAULT_MS;

const key = (kind: TimeoutKind): string => `timeout.${kind}`;

export function timeoutMs(channel: Channel, kind: TimeoutKind): number {
  return (channel.extra[key(kind)] as number | undefined) ?? DEFAULT_MS[kind];
}

export function setTimeoutMs(channel: Channel, kind: TimeoutKind, ms: number): void {
  channel.extra[key(kind)] = ms;
}
