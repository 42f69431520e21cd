import { type ParseContext, parseText } from './parse-context.ts';
import type { Position } from './scenario-error.ts';
import type { ConfigChanges } from './stage.ts';
import type { MapSource, Source } from './yaml-source.ts';

/** `{general: {enabled: no}, panel: remove}`: options by category; a list for an option that repeats. */
export function parseChanges(source: Source | undefined, at: Position, context: ParseContext): ConfigChanges {
  if (source?.kind !== 'map') {
    context.wrong('changes of a file are a map of its categories: {general: {enabled: no}, panel: remove}', at);
    return {};
  }
  const changes: [string, ConfigChanges[string]][] = [];
  for (const { key, value } of source.entries) {
    if (value?.kind === 'text' && value.text === 'remove') changes.push([key.text, 'remove']);
    else if (value?.kind === 'map') changes.push([key.text, options(value, context)]);
    else context.wrong(`category ${key.text} needs its options {enabled: no}, or the word remove`, key.at);
  }
  return Object.fromEntries(changes);
}

function options(source: MapSource, context: ParseContext): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    source.entries.map(({ key, value }) => [
      key.text,
      value?.kind === 'list'
        ? value.items.map((item) => parseText(item, key.text, context) ?? '')
        : (parseText(value, key.text, context) ?? ''),
    ]),
  );
}
