import { COMPACT_DIALECT } from './compact-dialect.ts';
import type { Dialect } from './dialect.ts';
import { JSON_DIALECT } from './json-dialect.ts';
import { COMPACT_PROTOCOL, JSON_PROTOCOL, XML_PROTOCOL } from './wire/protocol.ts';
import { xmlDialect } from './xml-dialect.ts';

/** Subprotocols in the order in which the gateway likes them. */
export const PROTOCOLS: readonly string[] = [COMPACT_PROTOCOL, JSON_PROTOCOL, XML_PROTOCOL];

/** For one browser; '' for a client that asked for no subprotocol, as those of 2011. */
export function dialectOf(protocol: string): Dialect {
  if (protocol === COMPACT_PROTOCOL) return COMPACT_DIALECT;
  return protocol === XML_PROTOCOL || protocol === '' ? xmlDialect() : JSON_DIALECT;
}
