/**
 * What stands under that key of a plain record, and never what every object has: a client may well name a channel `constructor`, or a
 * variable `__proto__`.
 */
export function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
