import type { ActivityHandler } from './activity.ts';
import { leaveBridge } from './bridge.ts';
import { digitBeginsInBridge, digitEndsInBridge } from './bridge-digits.ts';
import { holdPasses } from './bridge-hold.ts';

/** A channel sits in a bridge: what it says goes to the others. */
export const bridgeActivity: ActivityHandler = {
  name: 'bridge',
  hungUp: leaveBridge,
  digitBegins: digitBeginsInBridge,
  digit: digitEndsInBridge,
  held: holdPasses,
};
