import { CORE_RELOADS, MODULE_NAMES } from '../catalog/module-names.ts';
import type { Pbx } from '../pbx/pbx.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

/** Source: main/loader.c, main/manager.c; recording `core-status-settings`. */
export const moduleActions: ActionHandlers = {
  ModuleCheck: moduleCheck,
  ModuleLoad: moduleLoad,
  Reload: reload,
  LoggerRotate: loggerRotate,
};

/** Modules that an action has unloaded, without `.so`. */
function unloadedModules(pbx: Pbx): string[] {
  return pbx.part<string[]>('unloadedModules', () => []);
}

function isLoaded(pbx: Pbx, name: string): boolean {
  return MODULE_NAMES.has(name) && !unloadedModules(pbx).includes(name);
}

function bare(file: string): string {
  return file.replace(/\.so$/, '');
}

function moduleCheck(request: ActionRequest): Answered {
  if (!isLoaded(request.pbx, bare(request.header('Module')))) return request.error('Module not loaded');
  return request.respond('Success', [['Version', '']]);
}

/** Only the whole name of a file counts, `app_echo.so`. */
function moduleLoad(request: ActionRequest): Answered {
  const file = request.header('Module');
  const name = bare(file);
  const type = request.header('LoadType').toLowerCase();
  // Asterisk goes on after these two, and so answers more than once.
  if (type === '') request.error('Incomplete ModuleLoad action.');
  if (file === '' && type !== 'reload') request.error('Need module name');
  if (file !== '' && (name === file || !MODULE_NAMES.has(name))) return request.error('Module not found.');
  switch (type) {
    case 'load':
      return load(request, name);
    case 'unload':
      return unload(request, name);
    case 'refresh':
      return refresh(request, name);
    case 'reload':
      if (file === '') return reloadWith(request, undefined, 'All modules reloaded');
      return isLoaded(request.pbx, name)
        ? reloadWith(request, file, 'Module reloaded.')
        : request.error('No such module.');
    default:
      return request.error('Incomplete ModuleLoad action.');
  }
}

function load(request: ActionRequest, name: string): Answered {
  const { pbx } = request;
  if (isLoaded(pbx, name)) return request.error('Could not load module.');
  unloadedModules(pbx).splice(unloadedModules(pbx).indexOf(name), 1);
  tell(request, 'Load', `${name}.so`, 'Success');
  return request.success('Module loaded.');
}

function unload(request: ActionRequest, name: string): Answered {
  const { pbx } = request;
  if (!isLoaded(pbx, name)) return request.error('Could not unload module.');
  unloadedModules(pbx).push(name);
  tell(request, 'Unload', `${name}.so`, 'Success');
  return request.success('Module unloaded.');
}

function refresh(request: ActionRequest, name: string): Answered {
  if (!isLoaded(request.pbx, name)) return request.error('Could not refresh module.');
  tell(request, 'Unload', `${name}.so`, 'Success');
  tell(request, 'Load', `${name}.so`, 'Success');
  return request.success('Module unloaded and loaded.');
}

function reload(request: ActionRequest): Answered {
  const module = request.header('Module');
  if (module === '') return reloadWith(request, undefined, 'Module Reloaded');
  if (isLoaded(request.pbx, bare(module)) || CORE_RELOADS.has(module))
    return reloadWith(request, module, 'Module Reloaded');
  tell(request, 'Reload', module, '2');
  return request.error('No such module');
}

function reloadWith(request: ActionRequest, module: string | undefined, message: string): Answered {
  const { administration } = request.host;
  administration?.power.reload(module);
  // The switch reloads the manager as its own command on the CLI does, which tells nothing.
  if (administration === undefined || module === 'manager') tell(request, 'Reload', module ?? 'All', '0');
  return request.success(message);
}

function tell(request: ActionRequest, event: string, module: string, status: string): void {
  request.pbx.emit(event, [
    ['Module', module],
    ['Status', status],
  ]);
}

function loggerRotate(request: ActionRequest): Answered {
  return request.success('Reloaded the logger and rotated log files');
}
