import { isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, type YAMLError } from 'yaml';
import { type Position, type Problem, ScenarioError } from './scenario-error.ts';
import { quotingTrap } from './yaml-traps.ts';

/** YAML as texts, maps and lists, each with its place. Every scalar is text: `0661` stays `0661`, `no` stays `no`. */
export type Source = TextSource | MapSource | ListSource;

export interface TextSource {
  readonly kind: 'text';
  readonly text: string;
  readonly quoted: boolean;
  readonly at: Position;
}

export interface MapSource {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  readonly at: Position;
}

/** `value` is absent where a key stands alone, without its colon (`{Events: call,hud}` has such a `hud`). */
export interface Entry {
  readonly key: TextSource;
  readonly value?: Source;
}

export interface ListSource {
  readonly kind: 'list';
  readonly items: readonly Source[];
  readonly at: Position;
}

/** @throws ScenarioError `SCENARIO_YAML` */
export function readYaml(text: string, file: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false, strict: true });
  const sourceLines = text.split('\n');
  const [error] = document.errors;
  if (error !== undefined) throw new ScenarioError('SCENARIO_YAML', [explain(error, lines, sourceLines)], { file });
  const problems: Problem[] = [];
  const source = locate(document.contents, lines, problems, { line: 1, column: 1 });
  if (problems.length > 0) throw new ScenarioError('SCENARIO_YAML', problems, { file });
  return source;
}

function locate(node: unknown, lines: LineCounter, problems: Problem[], fallback: Position): Source {
  const at = place(node, lines) ?? fallback;
  if (isMap(node)) {
    const entries = node.items.map((pair) => entry(pair, lines, problems, at));
    return { kind: 'map', entries, at };
  }
  if (isSeq(node)) {
    return { kind: 'list', items: node.items.map((item) => locate(item, lines, problems, at)), at };
  }
  if (isAlias(node))
    problems.push({ message: 'anchors and aliases (&name, *name) are not for scenarios: write it out', at });
  const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
  const value = isScalar(node) ? node.value : undefined;
  return { kind: 'text', text: typeof value === 'string' ? value : '', quoted, at };
}

function entry(pair: Pair, lines: LineCounter, problems: Problem[], fallback: Position): Entry {
  const key = locate(pair.key, lines, problems, fallback);
  if (key.kind !== 'text') {
    problems.push({ message: 'a key must be plain text; put a text with { or [ in quotes', at: key.at });
    return { key: { kind: 'text', text: '', quoted: false, at: key.at } };
  }
  return pair.value === null ? { key } : { key, value: locate(pair.value, lines, problems, key.at) };
}

function place(node: unknown, lines: LineCounter): Position | undefined {
  const offset = (node as { range?: readonly number[] | null } | null)?.range?.[0];
  if (offset === undefined) return undefined;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function explain(error: YAMLError, lines: LineCounter, sourceLines: readonly string[]): Problem {
  const { line, col } = lines.linePos(error.pos[0]);
  const at = { line, column: col };
  if (error.code === 'DUPLICATE_KEY') {
    return {
      message: 'the same key stands here twice; a header that repeats is written as a list: Variable: [A=1, B=2]',
      at,
    };
  }
  const trap = quotingTrap(sourceLines[line - 1] ?? '') ?? quotingTrap(sourceLines[line - 2] ?? '');
  if (trap !== undefined) return { message: trap, at };
  return { message: `this is not YAML: ${error.message.replace(/\.?\s*$/, '')}`, at };
}
