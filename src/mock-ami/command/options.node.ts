import { InvalidArgumentError } from 'commander';
import { StageError } from '../../scenarios/stage.ts';
import { MAX_BUSY_CALLS } from '../busy-hour.ts';
import type { AsteriskProfile } from '../catalog/asterisk-profile.ts';
import { ASTERISK_PROFILES } from '../catalog/asterisk-profiles.ts';
import type { FaultName } from '../faults/fault-table.ts';
import { type GivenValues, parseFaultOption } from '../faults/fault-values.ts';

/** A TCP port as written on the command line; 0 means any free one. */
export function portOption(text: string): number {
  return wholeNumber(text, 0, 65_535, 'a port is a number from 0 (any free one) to 65535');
}

/** How many calls at a time. */
export function busyHourOption(text: string): number {
  return wholeNumber(text, 1, MAX_BUSY_CALLS, `so many calls at a time are 1 to ${MAX_BUSY_CALLS}`);
}

/** A version of Asterisk that the simulation can be. */
export function asteriskOption(text: string): AsteriskProfile {
  const profile = ASTERISK_PROFILES.get(text);
  if (profile === undefined)
    throw new InvalidArgumentError(
      `there is no profile of Asterisk ${text}; there is ${[...ASTERISK_PROFILES.keys()].join(', ')}.`,
    );
  return profile;
}

/** Start of the chain of chance: a whole number. */
export function seedOption(text: string): number {
  return wholeNumber(text, 0, 2 ** 32 - 1, `a seed is a whole number from 0 to ${2 ** 32 - 1}`);
}

/** How much faster than life: a number above 0, or `instant` as Infinity. */
export function speedOption(text: string): number {
  return text === 'instant'
    ? Number.POSITIVE_INFINITY
    : pace(text, 'a speed is a number above 0 (1 is life), or instant');
}

/** How much faster than life something runs that others are connected to: a number above 0. */
export function paceOption(text: string): number {
  return pace(text, 'a speed is a number above 0 (1 is life)');
}

function pace(text: string, rule: string): number {
  const number = Number(text);
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError(`${rule}.`);
  return number;
}

function wholeNumber(text: string, from: number, to: number, rule: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < from || number > to)
    throw new InvalidArgumentError(`${rule}.`);
  return number;
}

/** A place on the network. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** `HOST:PORT`, `[::1]:PORT`, or a host alone, which then has the usual port. */
export function hostPortOption(usualPort: number): (text: string) => HostPort {
  return (text) => {
    const [, bracketed, plain, port] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:[\]]+))(?::(\d+))?$/.exec(text) ?? [];
    const host = bracketed ?? plain;
    if (host === undefined)
      throw new InvalidArgumentError(`it is written HOST:PORT, as in 127.0.0.1:${usualPort} or [::1]:${usualPort}.`);
    return { host, port: port === undefined ? usualPort : portOption(port) };
  };
}

/** `PORT` of this machine, or `HOST:PORT`. */
export function listenOption(text: string): HostPort {
  return /^\d+$/.test(text) ? { host: '127.0.0.1', port: portOption(text) } : hostPortOption(0)(text);
}

export interface FaultOption {
  readonly name: FaultName;
  readonly values: GivenValues;
}

/** A fault that is there from the start: `NAME`, `NAME=VALUE`, `NAME=PARAMETER:VALUE,...`; may be given several times. */
export function faultOption(text: string, before: readonly FaultOption[]): readonly FaultOption[] {
  try {
    return [...before, parseFaultOption(text)];
  } catch (error) {
    if (error instanceof StageError) throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
}
