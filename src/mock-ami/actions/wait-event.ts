import type { ActionRequest, Answered } from './action-request.ts';

/**
 * Holds the session until an event comes, the next action, or the end of `Timeout` seconds; then sends what came.
 * Source: `action_waitevent`, main/manager.c; recording `waitevent-tcp`.
 */
export function waitEvent(request: ActionRequest): Answered {
  const seconds = scannedInteger(request.header('Timeout')) ?? -1;
  const timeoutMs = seconds < 0 ? undefined : seconds * 1000;
  const { session } = request;
  session.waitForEvent(timeoutMs, request.entry, () => {
    request.success('Waiting for Event completed.');
    session.sendEvents();
    request.endEvent('WaitEventComplete');
  });
  return 'later';
}

/** As `sscanf` reads a number with `%i`: hexadecimal behind `0x`, octal behind `0`. */
function scannedInteger(text: string): number | undefined {
  const [, sign = '', digits] = /^\s*([+-]?)(0x[\da-f]+|0[0-7]*|[1-9]\d*)/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = /^0x/i.test(digits)
    ? Number(digits)
    : digits.startsWith('0')
      ? Number.parseInt(digits, 8)
      : Number(digits);
  return sign === '-' ? -value : value;
}
