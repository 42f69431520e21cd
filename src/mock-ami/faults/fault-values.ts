import { parseDuration } from '../../scenarios/duration.ts';
import { nearest } from '../../scenarios/nearest.ts';
import { StageError } from '../../scenarios/stage.ts';
import { describedFault, FAULTS, type FaultDescription, type FaultName, type FaultParameter } from './fault-table.ts';

/** A value as somebody gives it: in JSON, on a command line, in a scenario. */
export type GivenValue = number | string | readonly string[];
export type GivenValues = Readonly<Record<string, GivenValue>>;

/** @throws StageError `STAGE_UNKNOWN_FAULT` */
export function knownFault(name: string): FaultDescription & { readonly name: FaultName } {
  const described = describedFault(name);
  if (described !== undefined) return described;
  const names = FAULTS.map((fault) => fault.name);
  const guess = nearest(name, names);
  const advice = guess === undefined ? `there are ${names.join(', ')}` : `did you mean '${guess}'?`;
  throw new StageError('STAGE_UNKNOWN_FAULT', `there is no fault '${name}'; ${advice}`);
}

/**
 * All values of a fault's parameters, the default where none was given.
 * @throws StageError `STAGE_WRONG_FAULT`: a parameter that it does not have, or a value that makes no sense
 */
export function faultValues(fault: FaultDescription, given: GivenValues): Record<string, GivenValue> {
  for (const name of Object.keys(given)) {
    if (fault.parameters.some((parameter) => parameter.name === name)) continue;
    const known = fault.parameters.map((parameter) => parameter.name).join(', ') || 'none';
    throw wrong(`fault ${fault.name} has no parameter '${name}'; it has ${known}`);
  }
  const values = Object.fromEntries(
    fault.parameters.map((parameter) => [parameter.name, chosenValue(fault, parameter, given)]),
  );
  const { how, times } = values;
  if (fault.name === 'refuse-connections' && how === 'refused' && times !== 0) {
    throw wrong('refused connections cannot be counted; leave times out, or say how: reset or how: closed');
  }
  return values;
}

/**
 * A fault as an option writes it: `NAME`, `NAME=VALUE` for its first parameter, `NAME=PARAMETER:VALUE,PARAMETER:VALUE`; `+` stands
 * between the names of a list.
 * @throws StageError `STAGE_UNKNOWN_FAULT`, `STAGE_WRONG_FAULT`
 */
export function parseFaultOption(text: string): { readonly name: FaultName; readonly values: GivenValues } {
  const equals = text.indexOf('=');
  const fault = knownFault(equals < 0 ? text : text.slice(0, equals));
  const [first] = fault.parameters;
  const values: Record<string, string> = {};
  for (const part of equals < 0 ? [] : text.slice(equals + 1).split(',')) {
    const colon = part.indexOf(':');
    if (colon >= 0) values[part.slice(0, colon)] = part.slice(colon + 1);
    else if (first !== undefined) values[first.name] = part;
    else throw wrong(`fault ${fault.name} takes no value`);
  }
  faultValues(fault, values);
  return { name: fault.name, values };
}

function chosenValue(fault: FaultDescription, parameter: FaultParameter, given: GivenValues): GivenValue {
  const value = Object.hasOwn(given, parameter.name) ? given[parameter.name] : undefined;
  if (value === undefined) return parameter.default;
  const read = READERS[parameter.kind](value, parameter);
  if (typeof read === 'object' && 'expected' in read) {
    throw wrong(`${fault.name}: ${parameter.name} is ${read.expected}, not '${String(value)}'`);
  }
  return read;
}

type Reader = (value: GivenValue, parameter: FaultParameter) => GivenValue | { readonly expected: string };

const READERS: Readonly<Record<FaultParameter['kind'], Reader>> = {
  duration(value) {
    const ms = Number(typeof value === 'string' ? (parseDuration(value) ?? value.trim()) : value);
    const fits = Number.isFinite(ms) && ms >= 0 && value !== '';
    return fits ? ms : { expected: 'a time such as 600ms or 3s, or a number of milliseconds' };
  },
  count(value, { least = 0 }) {
    const count = typeof value === 'string' && !/^\d+$/.test(value) ? Number.NaN : Number(value);
    return Number.isSafeInteger(count) && count >= least ? count : { expected: `a whole number, ${least} or more` };
  },
  chance(value) {
    const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(String(value)) ?? [];
    const chance = percent === undefined ? Number(value) : Number(percent) / 100;
    return chance >= 0 && chance <= 1 && value !== '' ? chance : { expected: 'a chance such as 0.2 or 20%' };
  },
  names(value) {
    const names = typeof value === 'string' ? value.split(/[+,\s]+/) : value;
    if (typeof names === 'number' || names.some((name) => typeof name !== 'string'))
      return { expected: 'a list of names' };
    return names.filter((name) => name !== '').map((name) => name.toLowerCase());
  },
  choice(value, { choices = [] }) {
    return choices.includes(String(value)) ? value : { expected: `one of ${choices.join(', ')}` };
  },
};

function wrong(message: string): StageError {
  return new StageError('STAGE_WRONG_FAULT', message);
}
