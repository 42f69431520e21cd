import type { Header } from '../../ami/message.ts';
import { substitute } from '../dialplan/substitute.ts';
import { emitShown, publish } from './channel.ts';
import { own } from './own.ts';
import type { Pbx } from './pbx.ts';
import { escapeName } from './snapshot.ts';
import type { Channel, ChannelVariable } from './state.ts';

/** Value of a variable as `${NAME}` sees it: the channel's, else a built-in one, else a global. Source: `ast_str_retrieve_variable`, main/pbx_variables.c. */
export function getVariable(pbx: Pbx, channel: Channel | undefined, name: string): string | undefined {
  const held = channel === undefined ? undefined : own(channel.variables, name);
  if (held !== undefined) return held.value;
  const builtIn = channel === undefined ? undefined : own(CHANNEL_BUILT_INS, name)?.(channel);
  return builtIn ?? own(SYSTEM_BUILT_INS, name)?.(pbx) ?? own(pbx.state.globals, name);
}

const CHANNEL_BUILT_INS: Readonly<Record<string, (channel: Channel) => string>> = {
  EXTEN: (channel) => channel.exten,
  CONTEXT: (channel) => channel.context,
  PRIORITY: (channel) => String(channel.priority),
  CHANNEL: (channel) => channel.name,
  UNIQUEID: (channel) => channel.uniqueid,
  HANGUPCAUSE: (channel) => String(channel.hangupCause),
  ACCOUNTCODE: (channel) => channel.accountCode,
};

const SYSTEM_BUILT_INS: Readonly<Record<string, (pbx: Pbx) => string>> = {
  EPOCH: (pbx) => String(Math.floor(pbx.now / 1000)),
  SYSTEMNAME: (pbx) => pbx.state.systemName,
  ASTETCDIR: () => '/etc/asterisk',
  ASTSPOOLDIR: () => '/var/spool/asterisk',
  ASTVARLIBDIR: () => '/var/lib/asterisk',
};

/**
 * Sets a channel's variable (a global one without a channel), or writes a dialplan function, and tells it: VarSet.
 * `_NAME` is inherited by channels that this one dials, `__NAME` by theirs too; the event shows the name as given.
 */
export function setVariable(pbx: Pbx, channel: Channel | undefined, name: string, value: string): void {
  if (name.endsWith(')') && name.includes('(')) {
    const open = name.indexOf('(');
    pbx.machinery.functions
      .get(name.slice(0, open).toUpperCase())
      ?.write?.(pbx, channel, name.slice(open + 1, -1), value);
    return;
  }
  storeVariable(pbx, channel, name, value);
  tellVariable(pbx, channel, name, value);
}

/** The name with the underscores that tell how it is inherited. */
export function fullName(name: string, variable: ChannelVariable): string {
  return variable.inherit === 'always' ? `__${name}` : variable.inherit === 'once' ? `_${name}` : name;
}

/** As {@link setVariable}, without the event. */
export function storeVariable(pbx: Pbx, channel: Channel | undefined, name: string, value: string): void {
  const bare = name.replace(/^__?/, '');
  if (channel === undefined) {
    pbx.state.globals[bare] = value;
    return;
  }
  // A variable that is set again counts as the newest: Status lists the newest first.
  delete channel.variables[bare];
  channel.variables[bare] = { value, inherit: inheritanceOf(name) };
}

/** Takes a variable away, and tells it as empty. */
export function clearVariable(pbx: Pbx, channel: Channel, name: string): void {
  delete channel.variables[name];
  tellVariable(pbx, channel, name, '');
}

/** The value is shown C-escaped; a global variable is one of no channel. Source: recording `setvar-getvar`. */
export function tellVariable(pbx: Pbx, channel: Channel | undefined, name: string, value: string): void {
  const headers: Header[] = [
    ['Variable', name],
    ['Value', escapeName(value)],
  ];
  if (channel !== undefined) {
    // The snapshot holds the variables that manager.conf names, so it is made anew first. Source: `ast_channel_publish_varset`.
    if (pbx.config.manager.general.channelvars.length > 0) publish(pbx, channel);
    emitShown(pbx, channel, 'VarSet', headers);
  } else pbx.emit('VarSet', [['Channel', 'none'], ['Uniqueid', 'none'], ...headers]);
}

function inheritanceOf(name: string): ChannelVariable['inherit'] {
  if (name.startsWith('__')) return 'always';
  return name.startsWith('_') ? 'once' : 'no';
}

/** Gives a dialled channel the variables of its caller that are to be inherited. Source: `ast_channel_inherit_variables`. */
export function inheritVariables(pbx: Pbx, from: Channel, to: Channel): void {
  for (const [name, variable] of Object.entries(from.variables)) {
    if (variable.inherit === 'no') continue;
    const told = variable.inherit === 'always' ? `__${name}` : name;
    // Told before the called channel has it. Source: recording `variant-channelvars`.
    tellVariable(pbx, to, told, variable.value);
    to.variables[name] = { value: variable.value, inherit: variable.inherit === 'always' ? 'always' : 'no' };
  }
}

/** Value of `${NAME(args)}`; '' where the function is unknown or cannot be read. */
export function callFunction(pbx: Pbx, channel: Channel | undefined, name: string, args: string): string {
  return pbx.machinery.functions.get(name.toUpperCase())?.read?.(pbx, channel, args) ?? '';
}

/** Puts variables, functions and expressions into a text, as the dialplan does before an application runs. */
export function substituteFor(pbx: Pbx, channel: Channel | undefined, text: string): string {
  return substitute(text, {
    variable: (name) => getVariable(pbx, channel, name),
    callFunction: (name, args) => callFunction(pbx, channel, name, args),
  });
}

/** The variables that manager.conf names in `channelvars`, as events show them. */
export function managerVariables(pbx: Pbx, channel: Channel): string[] {
  return pbx.config.manager.general.channelvars.map((name) => {
    const isFunction = name.endsWith(')');
    const value = isFunction ? substituteFor(pbx, channel, `\${${name}}`) : (getVariable(pbx, channel, name) ?? '');
    return `${name}=${value}`;
  });
}
