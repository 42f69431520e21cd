import type { DecodedCommand } from './decode-json.ts';
import { deviceOfChannel, devicesOfExtension } from './device.ts';
import { GatewayError } from './gateway-error.ts';
import { matcher } from './name-pattern.ts';
import { Numbers } from './numbers.ts';
import type { FieldRule } from './roles.ts';
import { Scope } from './scope.ts';
import type { User } from './users.ts';
import type { ChannelState, Model } from './wire/model.ts';

/** A number of the dialplan; nothing that a dial string or a channel name would read as more than that. */
const NUMBER = /^[0-9A-Za-z_*#+.-]{1,64}$/;
/** A queue, a context, a parking lot, a mailbox. */
const NAME = /^[0-9A-Za-z_*#+.@:-]{1,80}$/;
const FLAG = /^(?:true|false|yes|no|on|off|1|0)$/i;

/**
 * Refuses what the user may not do. What passes names only channels that are there, and numbers that are nothing but numbers.
 * @throws GatewayError `GATEWAY_FORBIDDEN`, `GATEWAY_BAD_VALUE`, `GATEWAY_NO_SUCH_CHANNEL`
 */
export function authorize(user: User, command: DecodedCommand, model: Model): void {
  if (!user.role.commands.includes(command.do)) throw forbidden(`"${user.name}" may not ${command.do}`);
  if ('to' in command) checkNumber(command.to, 'to');
  if ('channel' in command) checkChannel(user, command.channel, model);
  if (command.do === 'dial') checkDial(user, command.from, model);
  if (command.do === 'redirect' && command.extraChannel !== undefined) checkChannel(user, command.extraChannel, model);
  if (command.do === 'action') checkAction(user, command, model);
}

/** The channel of that name; more than a look-up, as AMI itself takes `/patterns/` and uniqueids where it says Channel. */
export function findChannel(model: Model, name: string): ChannelState {
  for (const channel of model.channels.values()) if (channel.channel === name) return channel;
  throw noSuchChannel();
}

function checkDial(user: User, from: string, model: Model): void {
  checkNumber(from, 'from');
  if (user.role.channels === 'own' && from !== user.extension)
    throw forbidden(`"${user.name}" may dial from the own extension only`);
  if (!scopeOf(user, model).seesNumber(from) && from !== user.extension)
    throw forbidden(`"${user.name}" may dial from extensions in sight only`);
}

function checkAction(user: User, command: DecodedCommand & { do: 'action' }, model: Model): void {
  const { actions } = user.role;
  const fields = Object.hasOwn(actions, command.name) ? actions[command.name] : undefined;
  if (fields === undefined) throw forbidden(`"${user.name}" may not send the action ${command.name}`);
  for (const [name, value] of command.headers ?? []) {
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (kind === undefined) throw forbidden(`The action ${command.name} may not carry the header ${name}`);
    checkField(user, name, kind, value, model);
  }
}

function checkField(user: User, name: string, kind: FieldRule, value: string, model: Model): void {
  if (name === 'Queue' && !scopeOf(user, model).seesQueue(value))
    throw forbidden(`"${user.name}" may act on queues in sight only`);
  if (typeof kind !== 'string') checkValue(kind, value, name);
  else if (kind === 'channel') checkChannel(user, value, model);
  else if (kind === 'device') checkDevice(user, value, model);
  else if (kind === 'number') checkNumber(value, name);
  else if (kind === 'name') checkForm(NAME, value, name);
  else if (kind === 'flag') checkForm(FLAG, value, name);
}

function checkValue(allowed: readonly string[], value: string, name: string): void {
  if (!matcher(allowed)(value)) throw forbidden(`"${name}" may not have that value`);
}

/** What is out of sight is as good as not there: nobody learns by a refusal that it is. */
function checkChannel(user: User, name: string, model: Model): void {
  if (!scopeOf(user, model).seesChannel(name)) throw noSuchChannel();
  const channel = findChannel(model, name);
  if (user.role.channels === 'any') return;
  if (!ownDevices(user, model).includes(deviceOfChannel(channel.channel)))
    throw forbidden(`"${user.name}" may act on channels of the own extension only`);
}

function checkDevice(user: User, device: string, model: Model): void {
  if (!model.devices.has(device) || !scopeOf(user, model).seesDevice(device)) throw badValue('There is no such device');
  if (user.role.channels === 'own' && !ownDevices(user, model).includes(device))
    throw forbidden(`"${user.name}" may act for devices of the own extension only`);
}

function ownDevices(user: User, model: Model): readonly string[] {
  return user.extension === undefined ? [] : devicesOfExtension(model, user.extension);
}

function checkNumber(value: string, where: string): void {
  checkForm(NUMBER, value, where);
}

function checkForm(form: RegExp, value: string, where: string): void {
  if (!form.test(value)) throw badValue(`"${where}" is not of the form that is needed there`);
}

function scopeOf({ role, extension }: User, model: Model): Scope {
  return new Scope(role, { extension, numbers: new Numbers(model) });
}

function noSuchChannel(): GatewayError {
  return new GatewayError('GATEWAY_NO_SUCH_CHANNEL', 'There is no such channel now');
}

function forbidden(message: string): GatewayError {
  return new GatewayError('GATEWAY_FORBIDDEN', message);
}

function badValue(message: string): GatewayError {
  return new GatewayError('GATEWAY_BAD_VALUE', message);
}
