import type { CallView } from '../live/call-view.ts';

/** What can press the hold key of a phone in a call. */
export interface HoldControl {
  /** False where no phone of that call can be reached. */
  can(call: CallView): boolean;
  /** Holds, or takes back, whichever the call is not now. */
  toggle(call: CallView): Promise<void>;
}
