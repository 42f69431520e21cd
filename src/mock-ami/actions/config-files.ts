import type { Header } from '../../ami/message.ts';
import type { ConfCategory } from '../config/conf-file.ts';
import { parseConfigFile } from '../config/pbx-config.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { updateConfig } from './update-config.ts';

/** Source: main/manager.c; recording `config-actions`. */
export const configFileActions: ActionHandlers = {
  GetConfig: getConfig,
  GetConfigJSON: getConfigJson,
  ListCategories: listCategories,
  CreateConfig: createConfig,
  UpdateConfig: updateConfig,
};

/** The categories of the file that the request names; answers itself where there is none. */
function categoriesOf(request: ActionRequest): readonly ConfCategory[] | undefined {
  const name = request.header('Filename');
  const files = request.host.administration?.files;
  if (name === '') request.error('Filename not specified');
  else if (files?.has(name)) return parseConfigFile(files, name).conf.categories;
  else request.error('Config file not found');
  return undefined;
}

function getConfig(request: ActionRequest): Answered {
  const all = categoriesOf(request);
  if (all === undefined) return 'answered';
  const categories = chosen(request, all);
  if (categories.length === 0) return request.respond('Success', [['', 'No categories found']]);
  return request.respond('Success', categories.flatMap(categoryRows));
}

/** Those of the wanted name, and of these those with every entry that `Filter` names. */
function chosen(request: ActionRequest, categories: readonly ConfCategory[]): readonly ConfCategory[] {
  const name = request.header('Category');
  const wanted = request
    .header('Filter')
    .split(',')
    .filter((part) => part.includes('='));
  return categories.filter(
    (category) => (name === '' || category.name === name) && wanted.every((part) => hasEntry(category, part)),
  );
}

function hasEntry(category: ConfCategory, part: string): boolean {
  const equals = part.indexOf('=');
  const expected = part.slice(equals + 1).trim();
  return category.entries.some((entry) => entry.name === part.slice(0, equals).trim() && entry.value === expected);
}

function categoryRows(category: ConfCategory, index: number): Header[] {
  const number = sixDigits(index);
  return [
    [`Category-${number}`, category.name],
    ...(category.template ? [[`IsTemplate-${number}`, '1'] as const] : []),
    ...(category.inherits.length > 0
      ? [[`Templates-${number}`, category.inherits.map((name) => `"${name}"`).join(',')] as const]
      : []),
    ...category.entries.map(
      ({ name, value }, line): Header => [`Line-${number}-${sixDigits(line)}`, `${name}=${value}`],
    ),
  ];
}

function sixDigits(value: number): string {
  return String(value).padStart(6, '0');
}

/** Repeated names stay repeated, as Asterisk writes them: what comes is no JSON that every parser keeps whole. */
function getConfigJson(request: ActionRequest): Answered {
  const all = categoriesOf(request);
  if (all === undefined) return 'answered';
  const objects = chosen(request, all).map(({ name, entries }) => {
    const pairs = entries.map((entry) => `${JSON.stringify(entry.name)}:${JSON.stringify(entry.value)}`);
    return `${JSON.stringify(name)}:{${pairs.join(',')}}`;
  });
  return request.respond('Success', [['JSON', `{${objects.join(',')}}`]]);
}

function listCategories(request: ActionRequest): Answered {
  const categories = categoriesOf(request);
  if (categories === undefined) return 'answered';
  if (categories.length === 0) return request.respond('Success', [['', 'Error: no categories found']]);
  return request.respond(
    'Success',
    categories.map(({ name }, index): Header => [`Category-${sixDigits(index)}`, name]),
  );
}

function createConfig(request: ActionRequest): Answered {
  const name = request.header('Filename');
  const files = request.host.administration?.files;
  if (name === '') return request.error('Filename not specified');
  if (!isPlainName(name)) return request.error('File requires escalated privileges');
  if (files === undefined) return request.error('Failed to create configuration file');
  if (!files.has(name)) files.set(name, '');
  return request.success('New configuration file created successfully');
}

/** Of the configuration folder itself. */
export function isPlainName(name: string): boolean {
  return !name.includes('/') && !name.includes('..');
}
