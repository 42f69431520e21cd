import { splitArguments } from '../dialplan/split-arguments.ts';
import { classBits } from '../server/event-class.ts';

/** Words anywhere in the name of an application that can run a program, reach the database, or do anything in the dialplan. */
const APPLICATIONS = ['agi', 'dbdeltree', 'exec', 'externalivr', 'mixmonitor', 'originate', 'reload', 'system'];
/** Functions that can, anywhere in the arguments, in capitals. */
const FUNCTIONS = ['CURL', 'DB', 'EVAL', 'FILE', 'ODBC', 'REALTIME', 'SHELL'];
/** Which argument of Queue names an AGI script. */
const QUEUE_AGI = 5;

/**
 * Whether a user may not originate to that application with these arguments: the first rule that fits decides.
 * Source: `originate_app_permissions`, main/manager.c.
 * @param rights bits of the classes whose actions the user may use
 */
export function isForbidden(application: string, data: string, rights: number): boolean {
  const has = (classes: string): boolean => (rights & classBits(classes)) !== 0;
  const name = application.toLowerCase();
  if (APPLICATIONS.some((word) => name.includes(word))) return !has('system');
  if (name.includes('queue') && (splitArguments(data)[QUEUE_AGI] ?? '') !== '') return !has('agi,system');
  return FUNCTIONS.some((word) => data.includes(word)) && !has('system');
}
