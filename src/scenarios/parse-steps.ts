import { parseChanges } from './parse-changes.ts';
import { checkText, type ParseContext, parseText } from './parse-context.ts';
import { parseSentence, type StepSentence } from './parse-step.ts';
import type { ValueKind } from './phrase.ts';
import type { Position } from './scenario-error.ts';
import type { Step } from './types.ts';
import type { ListSource, MapSource, Source, TextSource } from './yaml-source.ts';
import { colonTrap, commentTrap } from './yaml-traps.ts';

/** A list of steps. What is wrong goes to the context, and the step is left out. */
export function parseSteps(source: Source, context: ParseContext): Step[] {
  if (source.kind !== 'list') {
    context.wrong('steps are a list, each begins with - ', source.at);
    return [];
  }
  return source.items.flatMap((item) => parseStep(item, context));
}

function parseStep(source: Source, context: ParseContext): Step[] {
  const step = source.kind === 'list' ? sequence(source, context) : sentenceStep(source, context);
  if (step === undefined) return [];
  context.place(step, source.at);
  return [step];
}

function sequence(source: ListSource, context: ParseContext): Step {
  return { do: 'sequence', steps: parseSteps(source, context) };
}

function sentenceStep(source: TextSource | MapSource, context: ParseContext): Step | undefined {
  const [key, value] = source.kind === 'text' ? [source, undefined] : keyAndValue(source, context);
  if (key === undefined) return undefined;
  const sentence = parseSentence(key.text);
  if ('wrong' in sentence) {
    const line = context.lines[key.at.line - 1] ?? '';
    const trap =
      (sentence.endsEarly ? commentTrap(line) : undefined) ?? (source.kind === 'map' ? colonTrap(key.text) : undefined);
    context.wrong(trap === undefined ? sentence.wrong : `'${key.text}': ${trap}`, key.at);
    return undefined;
  }
  checkText(key.text, key.at, context);
  const found = stepValue(sentence, key, value, context);
  return found === undefined ? undefined : sentence.make(found.value);
}

function keyAndValue(source: MapSource, context: ParseContext): [TextSource | undefined, Source | undefined] {
  const [first, second] = source.entries;
  if (first === undefined || second !== undefined) {
    context.wrong('a step is one text, or one text with a colon and its value; did a line lose its - ?', source.at);
    return [undefined, undefined];
  }
  return [first.key, first.value ?? { kind: 'text', text: '', quoted: false, at: first.key.at }];
}

/** What stands after the colon, as the phrase wants it; `undefined` where it is wrong. */
function stepValue(
  { phrase }: StepSentence,
  key: TextSource,
  value: Source | undefined,
  context: ParseContext,
): { readonly value: unknown } | undefined {
  if (phrase.value === undefined) {
    if (value === undefined) return { value: undefined };
    context.wrong(`'${key.text}' takes nothing after a colon${colonAdvice(key.text)}`, key.at);
    return undefined;
  }
  if (value === undefined) {
    if (!phrase.value.required) return { value: undefined };
    context.wrong(`'${key.text}' needs its value after a colon, as in ${phrase.example}`, key.at);
    return undefined;
  }
  return readValue(phrase.value.kind, value, key.at, context);
}

function readValue(
  kind: ValueKind,
  value: Source,
  at: Position,
  context: ParseContext,
): { value: unknown } | undefined {
  if (kind === 'steps') return { value: parseSteps(value, context) };
  if (kind === 'changes') return { value: parseChanges(value, at, context) };
  if (kind === 'text') return { value: parseText(value, 'what is sent', context) ?? '' };
  if (value.kind === 'map') return { value: headers(value, context) };
  if (value.kind === 'text' && value.text === '' && !value.quoted) return { value: [] };
  context.wrong('headers are a map: {Channel: PJSIP/1001, Async: true}; a header that repeats has a list', value.at);
  return undefined;
}

function headers(source: MapSource, context: ParseContext): [string, string][] {
  return source.entries.flatMap(({ key, value }): [string, string][] => {
    if (value === undefined) {
      context.wrong(
        `'${key.text}' has no colon: inside {} a comma ends a header; quote a value with commas: {EventMask: "call,hud"}`,
        key.at,
      );
      return [];
    }
    const values = value.kind === 'list' ? value.items : [value];
    return values.map((item): [string, string] => [key.text, headerValue(key.text, item, context)]);
  });
}

function headerValue(name: string, source: Source, context: ParseContext): string {
  if (source.kind === 'map') {
    context.wrong(`inside {} a value with \${...} or {} needs quotes: {${name}: "\${channel of 1001}"}`, source.at);
    return '';
  }
  return parseText(source, name, context) ?? '';
}

function colonAdvice(sentence: string): string {
  const trap = colonTrap(sentence);
  return trap === undefined ? '' : `; ${trap}`;
}
