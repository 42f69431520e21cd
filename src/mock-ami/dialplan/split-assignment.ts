/** Name and value of `NAME=VALUE`, as they are; `undefined` where nothing is named. */
export function splitAssignment(text: string): readonly [name: string, value: string] | undefined {
  const equals = text.indexOf('=');
  return equals < 1 ? undefined : [text.slice(0, equals), text.slice(equals + 1)];
}
