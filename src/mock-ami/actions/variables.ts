import { DEVICE_STATES } from '../pbx/device-state.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { setVariable } from '../pbx/variables.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { findChannel } from './find-channel.ts';
import { reachesShell } from './reaches-shell.ts';
import { readVariable } from './read-variable.ts';

export const variableActions: ActionHandlers = { Getvar: getvar, Setvar: setvar };

/** Source: `action_getvar`, main/manager.c; recording `setvar-getvar`. */
function getvar(request: ActionRequest): Answered {
  const { pbx } = request;
  const name = request.header('Variable');
  if (name === '') return request.error('No variable specified');
  if (reachesShell(request, name)) return request.error('GetVar Access Forbidden: Variable');
  const wanted = request.header('Channel');
  const channel = wanted === '' ? undefined : findChannel(pbx, wanted);
  if (wanted !== '' && channel === undefined) return request.error('No such channel');
  return request.respond('Success', [
    ['Variable', name],
    ['Value', readVariable(pbx, channel, name) ?? ''],
  ]);
}

/** Source: `action_setvar`, main/manager.c; recordings `setvar-getvar`, `presence-change`. */
function setvar(request: ActionRequest): Answered {
  const { pbx } = request;
  const name = request.header('Variable');
  if (name === '') return request.error('No variable specified');
  const wanted = request.header('Channel');
  const channel = wanted === '' ? undefined : findChannel(pbx, wanted);
  if (wanted !== '' && channel === undefined) return request.error('No such channel');
  const value = request.header('Value');
  if (!canBeSet(pbx, name, value)) return request.error('Variable not set');
  setVariable(pbx, channel, name, value);
  return request.success('Variable Set');
}

/** Variables always; functions that can be written, with values that they take. */
function canBeSet(pbx: Pbx, name: string, value: string): boolean {
  const open = name.indexOf('(');
  if (open < 0 || !name.endsWith(')')) return true;
  const functionName = name.slice(0, open).toUpperCase();
  if (pbx.machinery.functions.get(functionName)?.write === undefined) return false;
  return functionName !== 'DEVICE_STATE' || isCustomState(name.slice(open + 1, -1), value);
}

/** Any state but UNKNOWN, of a custom device. Source: `devstate_write`, funcs/func_devstate.c; recording `presence-change`. */
function isCustomState(device: string, value: string): boolean {
  const known = DEVICE_STATES.find((state) => state === value.toUpperCase());
  return /^custom:/i.test(device) && known !== undefined && known !== 'UNKNOWN';
}
