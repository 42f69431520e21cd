import type { Clock } from '../../../ami/runtime.ts';
import { ControlError } from '../control-error.ts';

/**
 * Looks now, and again whenever `onChange` says that there may be something new.
 * @throws ControlError `CONTROL_TIMEOUT`
 */
export function waitFor<Found>(
  look: () => Found | undefined,
  onChange: (listener: () => void) => () => void,
  options: { readonly clock: Clock; readonly withinMs: number; readonly what: () => string },
): Promise<Found> {
  const { clock, withinMs, what } = options;
  return new Promise((resolve, reject) => {
    const found = look();
    if (found !== undefined) return resolve(found);
    const stop = onChange(() => {
      const late = look();
      if (late === undefined) return;
      stop();
      timer.cancel();
      resolve(late);
    });
    const timer = clock.setTimer(withinMs, () => {
      stop();
      reject(new ControlError('CONTROL_TIMEOUT', `within ${withinMs} ms ${what()}`));
    });
  });
}
