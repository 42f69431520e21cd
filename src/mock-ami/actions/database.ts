import type { Header } from '../../ami/message.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** Source: main/db.c; recording `db-actions`. */
export const databaseActions: ActionHandlers = {
  DBGet: get,
  DBPut: put,
  DBDel: remove,
  DBDelTree: removeTree,
  DBGetTree: getTree,
};

function get(request: ActionRequest): Answered {
  const family = request.header('Family');
  const key = request.header('Key');
  if (family === '') return request.error('No family specified.');
  if (key === '') return request.error('No key specified.');
  const value = request.pbx.state.astdb[`/${family}/${key}`];
  if (value === undefined) return request.error('Database entry not found');
  const headers: Header[] = [
    ['Family', family],
    ['Key', key],
    ['Val', value],
  ];
  return request.list({
    message: 'Result will follow',
    items: [{ event: 'DBGetResponse', headers }],
    complete: 'DBGetComplete',
    actionIdStands: 'last',
  });
}

function put(request: ActionRequest): Answered {
  const family = request.header('Family');
  const key = request.header('Key');
  if (family === '') return request.error('No family specified');
  if (key === '') return request.error('No key specified');
  request.pbx.state.astdb[`/${family}/${key}`] = request.header('Val');
  return request.success('Updated database successfully');
}

function remove(request: ActionRequest): Answered {
  const family = request.header('Family');
  const key = request.header('Key');
  if (family === '') return request.error('No family specified.');
  if (key === '') return request.error('No key specified.');
  const { astdb } = request.pbx.state;
  if (astdb[`/${family}/${key}`] === undefined) return request.error('Database entry could not be deleted');
  delete astdb[`/${family}/${key}`];
  return request.success('Key deleted successfully');
}

function removeTree(request: ActionRequest): Answered {
  const family = request.header('Family');
  if (family === '') return request.error('No family specified.');
  const { astdb } = request.pbx.state;
  const found = entriesUnder(request, family, request.header('Key'));
  if (found.length === 0) return request.error('Database entry not found');
  for (const [path] of found) delete astdb[path];
  return request.success('Key tree deleted successfully');
}

function getTree(request: ActionRequest): Answered {
  const found = entriesUnder(request, request.header('Family'), request.header('Key'));
  return request.list({
    message: 'Result will follow',
    items: found.map(([path, value]) => ({
      event: 'DBGetTreeResponse',
      headers: [
        ['Key', path],
        ['Val', value],
      ],
    })),
    complete: 'DBGetTreeComplete',
    actionIdStands: 'last',
  });
}

/** The entries of a family, or of one key and below it, sorted; without a family all. */
function entriesUnder({ pbx }: ActionRequest, family: string, key: string): (readonly [path: string, value: string])[] {
  const root = [family, key].filter((part) => part !== '').join('/');
  const entries = Object.entries(pbx.state.astdb).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.filter(([path]) => root === '' || path === `/${root}` || path.startsWith(`/${root}/`));
}
