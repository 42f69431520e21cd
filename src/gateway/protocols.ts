import type { Dialect } from './dialect.ts';
import { JSON_DIALECT } from './json-dialect.ts';
import { JSON_PROTOCOL, XML_PROTOCOL } from './wire/protocol.ts';
import { xmlDialect } from './xml-dialect.ts';

/** Subprotocols in the order in which the gateway likes them. */
export const PROTOCOLS: readonly string[] = [JSON_PROTOCOL, XML_PROTOCOL];

/** For one browser; '' for a client that asked for no subprotocol, as those of 2011. */
export function dialectOf(protocol: string): Dialect {
  return protocol === XML_PROTOCOL || protocol === '' ? xmlDialect() : JSON_DIALECT;
}
