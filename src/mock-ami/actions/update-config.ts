import { parseConfigFile } from '../config/pbx-config.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** Categories with their lines, as they are changed and written back. */
interface Draft {
  readonly name: string;
  readonly lines: { name: string; value: string }[];
}

interface Change {
  readonly action: string;
  readonly category: string;
  readonly variable: string;
  readonly value: string;
  readonly match: string;
}

/**
 * Changes a configuration file, one numbered step after the other; nothing is written where one fails.
 * Source: `action_updateconfig` and `handle_updates`, main/manager.c; recording `config-actions`.
 */
export function updateConfig(request: ActionRequest): Answered {
  const source = request.header('SrcFilename');
  const target = request.header('DstFilename');
  const files = request.host.administration?.files;
  if (source === '' || target === '') return request.error('Filename not specified');
  if (files === undefined || !files.has(source) || !/^[^/]+$/.test(target)) {
    return request.error('File requires escalated privileges');
  }
  const drafts = parseConfigFile(files, source).conf.categories.map(({ name, entries }): Draft => {
    return { name, lines: entries.map((entry) => ({ name: entry.name, value: entry.value })) };
  });
  for (const change of changesOf(request)) {
    const fault = apply(drafts, change);
    if (fault !== undefined) return request.error(fault);
  }
  files.set(target, drafts.map(written).join('\n'));
  if (/^(yes|true|y|t|1|on)$/i.test(request.header('Reload'))) request.host.administration?.power.reload();
  return request.respond('Success', []);
}

function changesOf(request: ActionRequest): Change[] {
  const changes: Change[] = [];
  for (let index = 0; ; index++) {
    const number = String(index).padStart(6, '0');
    const action = request.header(`Action-${number}`);
    if (action === '') return changes;
    changes.push({
      action: action.toLowerCase(),
      category: request.header(`Cat-${number}`),
      variable: request.header(`Var-${number}`),
      value: request.header(`Value-${number}`),
      match: request.header(`Match-${number}`),
    });
  }
}

/** What is wrong with the change; `undefined` where it was done. */
function apply(drafts: Draft[], change: Change): string | undefined {
  const { action, category, variable } = change;
  if (category === '') return 'No category specified';
  const at = drafts.findIndex(({ name }) => name === category);
  const draft = drafts[at];
  if (action === 'newcat') {
    if (draft !== undefined) return 'Given category already exists';
    drafts.push({ name: category, lines: [] });
    return undefined;
  }
  if (draft === undefined) return 'Given category does not exist';
  if (action === 'delcat') drafts.splice(at, 1);
  else if (action === 'emptycat') draft.lines.length = 0;
  else if (action === 'renamecat') drafts[at] = { ...draft, name: change.value };
  else if (variable === '') return 'No variable specified';
  else return applyToLine(draft, change);
  return undefined;
}

function applyToLine(draft: Draft, { action, variable, value, match }: Change): string | undefined {
  const line = draft.lines.find((known) => known.name === variable && (match === '' || known.value === match));
  if (action === 'append') draft.lines.push({ name: variable, value });
  else if (action !== 'update' && action !== 'delete') return 'Unknown action command';
  else if (line === undefined)
    return action === 'update' ? 'Update did not complete successfully' : 'Delete did not complete successfully';
  else if (action === 'update') line.value = value;
  else draft.lines.splice(draft.lines.indexOf(line), 1);
  return undefined;
}

function written({ name, lines }: Draft): string {
  return `[${name}]\n${lines.map((line) => `${line.name} = ${line.value}\n`).join('')}`;
}
