import { type CalendarTime, calendarTime } from './calendar.ts';
import {
  contextOf,
  type Dialplan,
  type DialplanContext,
  type DialplanExtension,
  type DialplanInclude,
  type DialplanPriority,
  hintPriority,
} from './dialplan.ts';
import { type MatchMode, matchExtension } from './extension-pattern.ts';
import { timeConditionHolds } from './time-condition.ts';

/** What a call looks for in the dialplan. */
export interface DialplanQuery {
  readonly context: string;
  readonly exten: string;
  /** A priority, or a label. */
  readonly priority: number | string;
  /** The caller's number, for extensions that are there for some callers only. */
  readonly callerId?: string;
  /** Milliseconds since the epoch, for includes that count at some times only; absent: these never count. */
  readonly nowMs?: number;
}

/** A line of the dialplan that was found, and where. */
export interface FoundPriority extends DialplanPriority {
  /** Where it stands, which may be an included context. */
  readonly context: string;
  /** The extension as written: `_10XX`. */
  readonly pattern: string;
}

const maxContexts = 128;

/**
 * The line that Asterisk would run: in the context itself the best extension that has the priority, else the same in what it
 * includes, depth first, each context once.
 * Source: main/pbx.c, pbx_find_extension.
 */
export function find(dialplan: Dialplan, query: DialplanQuery): FoundPriority | undefined {
  return search(dialplan, query, 'exact', query.context, new Set());
}

/** Whether the dialled digits fit an extension, or could with more digits. */
export function canMatch(dialplan: Dialplan, query: Omit<DialplanQuery, 'priority'>): boolean {
  return search(dialplan, { ...query, priority: 1 }, 'can', query.context, new Set()) !== undefined;
}

/** Whether more digits could make another extension fit: then dialling waits for them. */
export function matchMore(dialplan: Dialplan, query: Omit<DialplanQuery, 'priority'>): boolean {
  return search(dialplan, { ...query, priority: 1 }, 'more', query.context, new Set()) !== undefined;
}

/** The hint of an extension, with the context in which it stands. */
export function findHint(
  dialplan: Dialplan,
  context: string,
  exten: string,
  nowMs?: number,
): FoundPriority | undefined {
  const query = { context, exten, priority: hintPriority };
  return find(dialplan, nowMs === undefined ? query : { ...query, nowMs });
}

/** Whether a phone goes on playing dial tone after these digits. */
export function ignoresPattern(dialplan: Dialplan, context: string, dialled: string): boolean {
  const patterns = contextOf(dialplan, context)?.ignorePatterns ?? [];
  return patterns.some(({ pattern }) => matchExtension(pattern, dialled, 'exact') !== 'no');
}

function search(
  dialplan: Dialplan,
  query: DialplanQuery,
  mode: MatchMode,
  name: string,
  visited: Set<string>,
): FoundPriority | undefined {
  const context = contextOf(dialplan, name);
  if (context === undefined || visited.has(name) || visited.size >= maxContexts) return undefined;
  const own = searchContext(context, query, mode);
  if (own !== undefined) return own === 'final' ? undefined : own;
  visited.add(name);
  for (const include of context.includes) {
    if (!includeCounts(include, query.nowMs)) continue;
    const found = search(dialplan, query, mode, include.context, visited);
    if (found !== undefined) return found;
  }
  return undefined;
}

function searchContext(
  context: DialplanContext,
  query: DialplanQuery,
  mode: MatchMode,
): FoundPriority | 'final' | undefined {
  for (const extension of context.extensions) {
    const match = matchExtension(extension.name, query.exten, mode);
    if (match === 'no' || !matchesCaller(extension, query.callerId ?? '')) continue;
    if (match === 'early' && mode === 'more') return 'final';
    const priority = extension.priorities.find((candidate) =>
      typeof query.priority === 'number' ? candidate.priority === query.priority : candidate.label === query.priority,
    );
    if (priority !== undefined) return { ...priority, context: context.name, pattern: extension.name };
  }
  return undefined;
}

function matchesCaller(extension: DialplanExtension, callerId: string): boolean {
  if (extension.callerId === undefined) return true;
  if (callerId === '') return extension.callerId === '';
  return matchExtension(extension.callerId, callerId, 'exact') !== 'no';
}

function includeCounts(include: DialplanInclude, nowMs: number | undefined): boolean {
  if (include.condition === undefined) return true;
  return nowMs !== undefined && timeConditionHolds(include.condition, atZone(nowMs, include.condition.zone));
}

function atZone(nowMs: number, zone: string | undefined): CalendarTime {
  return calendarTime(nowMs, zone);
}
