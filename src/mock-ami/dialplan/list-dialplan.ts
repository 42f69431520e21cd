import {
  contextOf,
  type Dialplan,
  type DialplanContext,
  type DialplanExtension,
  type DialplanPriority,
} from './dialplan.ts';
import { matchExtension } from './extension-pattern.ts';

/** A row of ShowDialPlan. */
export type DialplanRow =
  | {
      readonly kind: 'priority';
      readonly context: string;
      readonly extension: DialplanExtension;
      readonly line: DialplanPriority;
    }
  | { readonly kind: 'include'; readonly context: string; readonly include: string; readonly registrar: string }
  | { readonly kind: 'ignore-pattern'; readonly context: string; readonly pattern: string; readonly registrar: string };

export interface DialplanListing {
  readonly rows: readonly DialplanRow[];
  readonly contexts: number;
  readonly extensions: number;
  readonly priorities: number;
}

/** `undefined` parts where there is no such context, or no such extension in it. */
export type ListingFault = 'no-context' | 'no-extension';

/**
 * What ShowDialPlan lists: all, one context, or what an extension finds there. Where an extension is asked for, the includes
 * are searched instead of listed.
 * Source: main/pbx.c, manager_show_dialplan_helper; recording show-dialplan.
 */
export function listDialplan(dialplan: Dialplan, context = '', exten = ''): DialplanListing | ListingFault {
  const roots =
    context === '' ? dialplan.contexts : [contextOf(dialplan, context)].filter((found) => found !== undefined);
  if (roots.length === 0) return 'no-context';
  const collected: ListingCollector = { dialplan, exten, rows: [], contexts: 0, extensions: 0, priorities: 0 };
  for (const root of roots) collect(collected, root, new Set());
  if (exten !== '' && collected.extensions === 0) return 'no-extension';
  const { rows, contexts, extensions, priorities } = collected;
  return { rows, contexts, extensions, priorities };
}

interface ListingCollector {
  readonly dialplan: Dialplan;
  readonly exten: string;
  readonly rows: DialplanRow[];
  contexts: number;
  extensions: number;
  priorities: number;
}

function collect(into: ListingCollector, context: DialplanContext, visited: Set<string>): void {
  visited.add(context.name);
  into.contexts += 1;
  for (const extension of context.extensions) {
    if (into.exten !== '' && matchExtension(extension.name, into.exten, 'exact') === 'no') continue;
    into.extensions += 1;
    for (const line of extension.priorities) {
      into.priorities += 1;
      into.rows.push({ kind: 'priority', context: context.name, extension, line });
    }
  }
  for (const include of context.includes) {
    const included = into.exten === '' ? undefined : contextOf(into.dialplan, include.context);
    if (included !== undefined && !visited.has(included.name)) collect(into, included, visited);
    if (into.exten === '') {
      const name = include.time === undefined ? include.context : `${include.context},${include.time}`;
      into.rows.push({ kind: 'include', context: context.name, include: name, registrar: include.registrar });
    }
  }
  for (const { pattern, registrar } of into.exten === '' ? context.ignorePatterns : []) {
    into.rows.push({ kind: 'ignore-pattern', context: context.name, pattern, registrar });
  }
}
