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
    const at = context.extensions.findIndex((extension) => sameExtension(extension, line.exten, line.callerId));
    const existing = context.extensions[at] ?? newExtension(line);
    taken = options.replace !== true && existing.priorities.some(({ priority }) => priority === line.priority);
    const extension = { ...existing, priorities: withPriority(existing.priorities, line) };
    const extensions = at < 0 ? insertSorted(context.extensions, extension) : context.extensions.with(at, extension);
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
      if (!sameExtension(extension, where.exten, where.callerId)) return [extension];
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

function newExtension(line: DialplanLine): DialplanExtension {
  return { name: line.exten, ...(line.callerId === undefined ? {} : { callerId: line.callerId }), priorities: [] };
}

function sameExtension(extension: DialplanExtension, name: string, callerId: string | undefined): boolean {
  if (compareExtensions(extension.name, name) !== 0) return false;
  if (extension.callerId === undefined || callerId === undefined) return extension.callerId === callerId;
  return compareExtensions(extension.callerId, callerId) === 0;
}

/** Of equal names, those for one caller come before the one for all. */
function insertSorted(
  extensions: readonly DialplanExtension[],
  added: DialplanExtension,
): readonly DialplanExtension[] {
  const at = extensions.findIndex((extension) => order(extension, added) > 0);
  return extensions.toSpliced(at < 0 ? extensions.length : at, 0, added);
}

function order(a: DialplanExtension, b: DialplanExtension): number {
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
