import type {
  Dialplan,
  DialplanContext,
  DialplanExtension,
  DialplanIgnorePattern,
  DialplanInclude,
  DialplanPriority,
} from './dialplan.ts';
import { compareExtensions } from './extension-pattern.ts';

/** A line to add: where it goes and what it says. */
export interface DialplanLine extends DialplanPriority {
  readonly context: string;
  readonly exten: string;
  /** See {@link DialplanExtension.callerId}. */
  readonly callerId?: string;
}

/** A dialplan with the line, the context made where it was missing; `undefined` where that priority is taken and `replace` is not set. */
export function addExtension(
  dialplan: Dialplan,
  line: DialplanLine,
  options: { replace?: boolean } = {},
): Dialplan | undefined {
  const grown = addContext(dialplan, line.context, line.registrar);
  let taken = false;
  const changed = changeContext(grown, line.context, (context) => {
    const { at, there } = placeOf(context.extensions, named(line.exten, line.callerId));
    const existing = there ?? { ...named(line.exten, line.callerId), priorities: [] };
    taken = options.replace !== true && existing.priorities.some(({ priority }) => priority === line.priority);
    const extension = { ...existing, priorities: withPriority(existing.priorities, line) };
    const extensions = context.extensions.toSpliced(at, there === undefined ? 0 : 1, extension);
    return { ...context, extensions };
  });
  return taken ? undefined : changed;
}

/**
 * A dialplan without that priority of the extension, or without all of them; its context stays.
 * `undefined` where there is nothing to remove.
 */
export function removeExtension(
  dialplan: Dialplan,
  where: { readonly context: string; readonly exten: string; readonly callerId?: string; readonly priority?: number },
): Dialplan | undefined {
  let removed = false;
  const changed = changeContext(dialplan, where.context, (context) => ({
    ...context,
    extensions: context.extensions.flatMap((extension) => {
      if (order(extension, named(where.exten, where.callerId)) !== 0) return [extension];
      const priorities =
        where.priority === undefined ? [] : extension.priorities.filter(({ priority }) => priority !== where.priority);
      removed ||= priorities.length < extension.priorities.length;
      return priorities.length === 0 ? [] : [{ ...extension, priorities }];
    }),
  }));
  return removed ? changed : undefined;
}

/** A dialplan that has the context; new ones come first. */
export function addContext(dialplan: Dialplan, name: string, registrar: string, autohints = false): Dialplan {
  if (dialplan.contexts.some((context) => context.name === name)) {
    return autohints ? changeContext(dialplan, name, (context) => ({ ...context, autohints })) : dialplan;
  }
  const context: DialplanContext = { name, registrar, extensions: [], includes: [], ignorePatterns: [], autohints };
  return { ...dialplan, contexts: [context, ...dialplan.contexts] };
}

/** `undefined` where that context is included already. */
export function addInclude(dialplan: Dialplan, name: string, include: DialplanInclude): Dialplan | undefined {
  const context = dialplan.contexts.find((candidate) => candidate.name === name);
  if (context?.includes.some((other) => other.context === include.context && other.time === include.time))
    return undefined;
  return changeContext(dialplan, name, (found) => ({ ...found, includes: [...found.includes, include] }));
}

export function addIgnorePattern(dialplan: Dialplan, name: string, ignored: DialplanIgnorePattern): Dialplan {
  return changeContext(dialplan, name, (context) => ({
    ...context,
    ignorePatterns: [...context.ignorePatterns, ignored],
  }));
}

function changeContext(
  dialplan: Dialplan,
  name: string,
  change: (context: DialplanContext) => DialplanContext,
): Dialplan {
  const at = dialplan.contexts.findIndex((context) => context.name === name);
  const context = dialplan.contexts[at];
  return context === undefined ? dialplan : { ...dialplan, contexts: dialplan.contexts.with(at, change(context)) };
}

type ExtensionName = Pick<DialplanExtension, 'name' | 'callerId'>;

function named(name: string, callerId: string | undefined): ExtensionName {
  return callerId === undefined ? { name } : { name, callerId };
}

/** Where an extension stands, or is to be put. */
function placeOf(
  extensions: readonly DialplanExtension[],
  wanted: ExtensionName,
): { readonly at: number; readonly there: DialplanExtension | undefined } {
  let low = 0;
  let high = extensions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const candidate = extensions[middle];
    if (candidate !== undefined && order(candidate, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  const found = extensions[low];
  return { at: low, there: found !== undefined && order(found, wanted) === 0 ? found : undefined };
}

/** In the order in which they are tried; of equal names, those for one caller come before the one for all. */
function order(a: ExtensionName, b: ExtensionName): number {
  const names = compareExtensions(a.name, b.name);
  if (names !== 0) return names;
  if (a.callerId === undefined) return b.callerId === undefined ? 0 : 1;
  return b.callerId === undefined ? -1 : compareExtensions(a.callerId, b.callerId);
}

function withPriority(priorities: readonly DialplanPriority[], line: DialplanLine): readonly DialplanPriority[] {
  const { context: _context, exten: _exten, callerId: _callerId, ...priority } = line;
  const others = priorities.filter((other) => other.priority !== priority.priority);
  return [...others, priority].sort((a, b) => a.priority - b.priority);
}
