import { CLASS_SYSTEM } from '../server/event-class.ts';
import type { ActionRequest } from './action-request.ts';

/** What is to be evaluated names a function that can run a program, and the user has no right to the system. Source: `function_capable_string_allowed_with_auths`, main/manager.c. */
export function reachesShell({ session }: ActionRequest, evaluated: string): boolean {
  return ((session.user?.writeBits ?? 0) & CLASS_SYSTEM) === 0 && /SHELL|EVAL/.test(evaluated);
}
