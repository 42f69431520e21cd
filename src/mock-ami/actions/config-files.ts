import type { Header } from '../../ami/message.ts';
import type { ConfCategory } from '../config/conf-file.ts';
import { parseConfigFile } from '../config/pbx-config.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { categoryMatcher } from './category-matcher.ts';
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
function categoriesOf(request: ActionRequest, notFound = NOT_FOUND): readonly ConfCategory[] | undefined {
  const name = request.header('Filename').trim();
  const files = request.host.administration?.files;
  if (request.header('Filename') === '') request.error('Filename not specified');
  else if (files?.has(name)) return parseConfigFile(files, name).conf.categories;
  else request.error(notFound);
  return undefined;
}

const NOT_FOUND = 'Config file not found';
/** What lies outside the folder, or where nothing is. Source: `is_restricted_file`, main/manager.c. */
const RESTRICTED = 'File requires escalated privileges';

function getConfig(request: ActionRequest): Answered {
  const all = categoriesOf(request);
  if (all === undefined) return 'answered';
  const categories = all.filter(categoryMatcher(request.header('Category'), request.header('Filter')));
  const isMissed = request.header('Category') !== '' && categories.length === 0;
  if (isMissed) return request.respond('Success', [['', 'No categories found']]);
  return request.respond('Success', categories.flatMap(categoryRows));
}

function categoryRows(category: ConfCategory, index: number): Header[] {
  const number = sixDigits(index);
  return [
    [`Category-${number}`, category.name],
    ...(category.template ? [[`IsTemplate-${number}`, '1'] as const] : []),
    ...(category.inherits.length > 0 ? [[`Templates-${number}`, templatesOf(category.inherits)] as const] : []),
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
  const all = categoriesOf(request, RESTRICTED);
  if (all === undefined) return 'answered';
  const categories = all.filter(categoryMatcher(request.header('Category'), request.header('Filter')));
  const objects = categories.map(({ name, entries, template, inherits }) => {
    const pairs = [
      ...(template ? ['"istemplate":1'] : []),
      ...(inherits.length > 0 ? [`"templates":"${templatesOf(inherits)}"`] : []),
      ...entries.map((entry) => `${jsonText(entry.name)}:${jsonText(entry.value)}`),
    ];
    return `${jsonText(name)}:{${pairs.join(',')}}`;
  });
  return request.respond('Success', [['JSON', `{${objects.join(',')}}`]]);
}

/** Only quotes and backslashes are escaped. Source: `json_escape`, main/manager.c. */
function jsonText(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function templatesOf(inherits: readonly string[]): string {
  return inherits.map((name) => `"${name}"`).join(',');
}

function listCategories(request: ActionRequest): Answered {
  const all = categoriesOf(request);
  if (all === undefined) return 'answered';
  const categories = all.filter(categoryMatcher('', request.header('Match')));
  if (categories.length === 0) return request.respond('Success', [['', 'Error: no categories found']]);
  return request.respond(
    'Success',
    categories.map(({ name }, index): Header => [`Category-${sixDigits(index)}`, name]),
  );
}

/** Nothing is made where there is something. Source: `action_createconfig`, main/manager.c. */
function createConfig(request: ActionRequest): Answered {
  const name = request.header('Filename').trim();
  const files = request.host.administration?.files;
  if (request.header('Filename') === '') return request.error('Filename not specified');
  if (name.startsWith('/') || name.startsWith('../')) return request.error(RESTRICTED);
  if (files === undefined || name.includes('/')) return request.error('No such file or directory');
  if (files.has(name)) return request.error('File exists');
  files.set(name, '');
  return request.success('New configuration file created successfully');
}
