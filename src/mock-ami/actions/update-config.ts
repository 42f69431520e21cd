import type { ConfCategory } from '../config/conf-file.ts';
import { isFalse, isTrue } from '../config/conf-values.ts';
import { parseConfigFile } from '../config/pbx-config.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { categoryMatcher } from './category-matcher.ts';

/** One numbered step, as the headers `Action-000000`, `Cat-000000` ... say it. */
interface Change {
  readonly action: string;
  readonly category: string;
  readonly variable: string;
  readonly value: string;
  /** `=>` in place of `=`. */
  readonly object: boolean;
  readonly match: string;
  readonly line: string;
  readonly allowDuplicates: boolean;
  readonly template: boolean;
  readonly ignoreError: boolean;
  readonly inherit: readonly string[];
  readonly filter: string;
}

const FAULTS = {
  noCategory: 'Category not specified',
  noArgument: 'Problem with category, value, or line (if required)',
  unknownCategory: 'Given category does not exist',
  unknownAction: 'Unknown action command',
  newCategory: 'Create category did not complete successfully',
  template: 'Template category not found',
  update: 'Update did not complete successfully',
} as const;

/**
 * Changes a configuration file, one numbered step after the other; nothing is written where one fails.
 * Source: `action_updateconfig` and `handle_updates`, main/manager.c; recording `config-actions`.
 */
export function updateConfig(request: ActionRequest): Answered {
  const source = request.header('SrcFilename');
  const target = request.header('DstFilename');
  const files = request.host.administration?.files;
  if (source === '' || target === '') return request.error('Filename not specified');
  // Whatever is not there counts as outside of the folder too.
  if (files === undefined || !files.has(source) || !files.has(target))
    return request.error('File requires escalated privileges');
  const drafts = parseConfigFile(files, source).conf.categories.map((category): Draft => {
    return { ...category, entries: category.entries.map((entry) => ({ ...entry })) };
  });
  for (const change of changesOf(request)) {
    const fault = apply(drafts, change);
    if (fault !== undefined) return request.error(FAULTS[fault]);
  }
  files.set(target, drafts.map(written).join('\n'));
  const answered = request.respond('Success', []);
  const reload = request.header('Reload');
  if (isTrue(reload)) request.host.administration?.power.reload();
  else if (reload !== '' && !isFalse(reload)) request.host.administration?.power.reload(reload);
  return answered;
}

/** A category while it is changed. */
type Draft = Omit<ConfCategory, 'name' | 'entries'> & { name: string; entries: ConfCategory['entries'][number][] };
type Fault = keyof typeof FAULTS;

function changesOf(request: ActionRequest): Change[] {
  const changes: Change[] = [];
  for (let index = 0; ; index++) {
    const header = (name: string): string => request.header(`${name}-${String(index).padStart(6, '0')}`);
    const action = header('Action').toLowerCase();
    if (action === '') return changes;
    const value = header('Value');
    const options = header('Options')
      .split(',')
      .map((option) => option.trim());
    const given = (name: string): string =>
      options
        .find((option) => option.startsWith(name))
        ?.split('=')[1]
        ?.trim() ?? '';
    const says = (word: string): boolean => options.some((option) => option.toLowerCase() === word);
    changes.push({
      action,
      category: header('Cat'),
      variable: header('Var'),
      value: value.startsWith('>') ? value.slice(1) : value,
      object: value.startsWith('>') || header('Match').toLowerCase() === 'object',
      match: header('Match'),
      line: header('Line'),
      allowDuplicates: says('allowdups'),
      template: says('template'),
      ignoreError: says('ignoreerror'),
      inherit: given('inherit') === '' ? [] : given('inherit').split(','),
      filter: given('catfilter'),
    });
  }
}

/** What is wrong with the change; `undefined` where it was done. */
function apply(drafts: Draft[], change: Change): Fault | undefined {
  if (change.category === '') return 'noCategory';
  const found = drafts.filter(categoryMatcher(change.category, change.filter));
  switch (change.action) {
    case 'newcat':
      return addCategory(drafts, change);
    case 'renamecat':
      if (change.value === '') return 'noArgument';
      for (const draft of found) draft.name = change.value;
      return found.length === 0 ? 'unknownCategory' : undefined;
    case 'delcat':
      for (const draft of found) drafts.splice(drafts.indexOf(draft), 1);
      return found.length === 0 && !change.ignoreError ? 'unknownCategory' : undefined;
    case 'emptycat':
      for (const draft of found) draft.entries.length = 0;
      return found.length === 0 ? 'unknownCategory' : undefined;
    case 'update':
    case 'delete':
    case 'append':
    case 'insert':
      return changeLines(found, change);
    default:
      return 'unknownAction';
  }
}

function addCategory(drafts: Draft[], change: Change): Fault | undefined {
  const { category: name, template, inherit, match } = change;
  const isThere = drafts.some(categoryMatcher(name, 'TEMPLATES=include'));
  if (isThere && !change.allowDuplicates) return change.ignoreError ? undefined : 'newCategory';
  const templates = inherit.map((wanted) => drafts.find(categoryMatcher(wanted.trim(), 'TEMPLATES=restrict')));
  if (templates.includes(undefined)) return 'template';
  const entries = templates.flatMap((from) => from?.entries ?? []).map((entry) => ({ ...entry, inherited: true }));
  const draft: Draft = { name, template, inherits: [...inherit], entries, file: '', line: 0 };
  const before = drafts.findIndex((other) => other.name.toLowerCase() === match.toLowerCase());
  if (match !== '' && before < 0) return 'newCategory';
  drafts.splice(match === '' ? drafts.length : before, 0, draft);
  return undefined;
}

/** Lines of every category that is meant; one in which there is such a line is enough. */
function changeLines(found: readonly Draft[], change: Change): Fault | undefined {
  const { action, variable, line } = change;
  const needs = { update: variable, append: variable, insert: variable && line, delete: variable || line }[action];
  if (needs === '') return 'noArgument';
  if (found.length === 0) return 'unknownCategory';
  const changed = found.filter((draft) => changeLine(draft, change)).length;
  return changed === 0 && !(action === 'delete' && change.ignoreError) ? 'update' : undefined;
}

/** True where there was such a line, or one was made. */
function changeLine({ entries }: Draft, { action, variable, value, match, line, object }: Change): boolean {
  const made = { name: variable, value, object, file: '', line: 0, inherited: false };
  if (action === 'append') entries.push(made);
  if (action === 'insert') entries.splice(Number.parseInt(line, 10) || 0, 0, made);
  if (action === 'append' || action === 'insert') return true;
  const isMeant = (entry: (typeof entries)[number], index: number): boolean =>
    action === 'delete' && line !== ''
      ? index === Number.parseInt(line, 10)
      : entry.name.toLowerCase() === variable.toLowerCase() &&
        (match === '' || entry.value.toLowerCase() === match.toLowerCase());
  const at = entries.findIndex(isMeant);
  if (at < 0) return false;
  if (action === 'update') entries[at] = { ...made, name: entries[at]?.name ?? variable };
  else entries.splice(at, 1);
  return true;
}

/** As it stands in the file: what comes from templates is not repeated. */
function written({ name, template, inherits, entries }: Draft): string {
  const marks = [...(template ? ['!'] : []), ...inherits];
  const own = entries.filter(({ inherited }) => !inherited);
  const lines = own.map((entry) => `${entry.name} ${entry.object ? '=>' : '='} ${entry.value}\n`);
  return `[${name}]${marks.length > 0 ? `(${marks.join(',')})` : ''}\n${lines.join('')}`;
}
