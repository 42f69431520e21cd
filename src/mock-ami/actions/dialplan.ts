import type { Header } from '../../ami/message.ts';
import { addExtension, removeExtension } from '../dialplan/change-dialplan.ts';
import { hintPriority } from '../dialplan/dialplan.ts';
import { type DialplanRow, listDialplan } from '../dialplan/list-dialplan.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** Source: main/pbx.c, pbx/pbx_config.c; recording `show-dialplan`. */
export const dialplanActions: ActionHandlers = {
  ShowDialPlan: showDialplan,
  DialplanExtensionAdd: extensionAdd,
  DialplanExtensionRemove: extensionRemove,
};

function showDialplan(request: ActionRequest): Answered {
  const context = request.header('Context');
  const exten = request.header('Extension');
  const listing = listDialplan(request.pbx.dialplan, context, exten);
  if (listing === 'no-context') return request.error(`Did not find context ${context}`);
  if (listing === 'no-extension') return request.error(`Did not find extension ${exten}@${context}`);
  return request.list({
    message: 'DialPlan list will follow',
    items: listing.rows.map((row) => ({ event: 'ListDialplan', headers: rowHeaders(row) })),
    complete: 'ShowDialPlanComplete',
    more: [
      ['ListExtensions', String(listing.extensions)],
      ['ListPriorities', String(listing.priorities)],
      ['ListContexts', String(listing.contexts)],
    ],
    actionIdStands: 'second',
  });
}

function rowHeaders(row: DialplanRow): Header[] {
  const context: Header = ['Context', row.context];
  if (row.kind === 'include') return [context, ['IncludeContext', row.include], ['Registrar', row.registrar]];
  if (row.kind === 'ignore-pattern') return [context, ['IgnorePattern', row.pattern], ['Registrar', row.registrar]];
  const { line } = row;
  const extension: Header = ['Extension', row.extension.name];
  if (line.priority === hintPriority) {
    return [context, extension, ['Priority', 'hint'], ['Application', line.app], ['Registrar', line.registrar]];
  }
  return [
    context,
    extension,
    ...(line.label === undefined ? [] : [['ExtensionLabel', line.label] as const]),
    ['Priority', String(line.priority)],
    ['Application', line.app],
    ['AppData', line.args],
    ['Registrar', line.registrar],
  ];
}

function extensionAdd(request: ActionRequest): Answered {
  const { pbx } = request;
  const context = request.header('Context');
  const exten = request.header('Extension');
  const priority = request.header('Priority');
  const app = request.header('Application');
  if ([context, exten, priority, app].includes('')) {
    return request.error('Context, Extension, Priority, and Application must be defined for DialplanExtensionAdd.');
  }
  const number = priority === 'hint' ? hintPriority : Number(priority);
  if (number !== hintPriority && !(Number.isInteger(number) && number > 0)) {
    return request.error('The priority specified was invalid.');
  }
  const changed = addExtension(
    pbx.dialplan,
    { context, exten, priority: number, app, args: request.header('ApplicationData'), registrar: 'pbx_config' },
    { replace: /^(yes|true|y|t|1|on)$/i.test(request.header('Replace')) },
  );
  if (changed === undefined) return request.error('That extension and priority already exist at that context');
  pbx.dialplan = changed;
  return request.success('Added requested extension');
}

function extensionRemove(request: ActionRequest): Answered {
  const { pbx } = request;
  const context = request.header('Context');
  const exten = request.header('Extension');
  const priority = request.header('Priority');
  if (context === '' || exten === '') {
    return request.error('Context and Extension must be defined for DialplanExtensionRemove.');
  }
  const which = priority === '' ? {} : { priority: priority === 'hint' ? hintPriority : Number(priority) };
  const changed = removeExtension(pbx.dialplan, { context, exten, ...which });
  if (changed === undefined) return request.error('Failed to remove requested extension');
  pbx.dialplan = changed;
  return request.success('Removed the requested extension');
}
