import { dissolveBridge } from '../bridge.ts';
import type { Pbx } from '../pbx.ts';
import { type KeyTransfer, type KeyTransferState, partiesOf } from './key-transfer.ts';
import { goTo, hold, merge, playFailure, playSuccess, resume, unhold } from './key-transfer-moves.ts';
import { callBack, callTargetAgain, hangUpRecalled } from './recall.ts';
import { tellKeyTransfer } from './tell-key-transfer.ts';

/** What happens to a transfer. Source: `enum attended_transfer_stimulus`, main/bridge_basic.c. */
export type Stimulus =
  | 'transfereeHangup'
  | 'transfererHangup'
  | 'targetHangup'
  | 'targetAnswer'
  | 'recalledHangup'
  | 'recalledAnswer'
  | 'timeout'
  | 'abort'
  | 'complete'
  | 'threeway'
  | 'swap';

/** How a transfer ends. */
export type Ending = 'completed' | 'threeway' | 'rebridged' | 'resumed' | 'failed';

export type NextState = KeyTransferState | Ending;

/** What a state makes of a stimulus; `undefined` where it means nothing there. */
type Exit = (pbx: Pbx, transfer: KeyTransfer, stimulus: Stimulus) => NextState | undefined;

function transfereeGone(pbx: Pbx, transfer: KeyTransfer): NextState {
  playFailure(pbx, partiesOf(pbx, transfer).transferer);
  tellKeyTransfer(pbx, transfer, 'failed');
  return 'failed';
}

/** The target is gone, does not answer, or is not wanted any more. */
function targetGone(pbx: Pbx, transfer: KeyTransfer, next: NextState): NextState {
  playFailure(pbx, partiesOf(pbx, transfer).transferer);
  return next;
}

const calling: Exit = (pbx, transfer, stimulus) => {
  switch (stimulus) {
    case 'transfereeHangup':
      return transfereeGone(pbx, transfer);
    case 'complete':
    case 'transfererHangup':
      resume(pbx, transfer, 'transferee');
      return 'blond';
    case 'targetAnswer':
      return 'consulting';
    case 'targetHangup':
    case 'timeout':
    case 'abort':
      return targetGone(pbx, transfer, 'rebridged');
    case 'threeway':
      resume(pbx, transfer, 'transferee');
      return 'threeway';
    case 'swap':
      return 'hesitant';
    default:
      return undefined;
  }
};

const hesitant: Exit = (pbx, transfer, stimulus) => {
  switch (stimulus) {
    case 'transfereeHangup':
      return transfereeGone(pbx, transfer);
    case 'complete':
    case 'transfererHangup':
      resume(pbx, transfer, 'transferee');
      return 'blond';
    case 'targetAnswer':
      return 'doubleChecking';
    case 'targetHangup':
    case 'timeout':
    case 'abort':
      return targetGone(pbx, transfer, 'resumed');
    case 'threeway':
      return 'threeway';
    case 'swap':
      hold(pbx, transfer);
      return 'calling';
    default:
      return undefined;
  }
};

const consulting: Exit = (pbx, transfer, stimulus) => {
  switch (stimulus) {
    case 'transfereeHangup':
      return transfereeGone(pbx, transfer);
    case 'complete':
    case 'transfererHangup':
      resume(pbx, transfer, 'transferee');
      return 'completed';
    case 'targetHangup':
    case 'abort':
      return targetGone(pbx, transfer, 'rebridged');
    case 'threeway':
      resume(pbx, transfer, 'transferee');
      return 'threeway';
    case 'swap':
      hold(pbx, transfer);
      goTo(pbx, transfer, 'transferee');
      unhold(pbx, transfer);
      return 'doubleChecking';
    default:
      return undefined;
  }
};

const doubleChecking: Exit = (pbx, transfer, stimulus) => {
  switch (stimulus) {
    case 'transfereeHangup':
      return transfereeGone(pbx, transfer);
    case 'complete':
    case 'transfererHangup':
      resume(pbx, transfer, 'target');
      return 'completed';
    case 'targetHangup':
    case 'abort':
      return targetGone(pbx, transfer, 'resumed');
    case 'threeway':
      resume(pbx, transfer, 'target');
      return 'threeway';
    case 'swap':
      hold(pbx, transfer);
      goTo(pbx, transfer, 'target');
      unhold(pbx, transfer);
      return 'consulting';
    default:
      return undefined;
  }
};

const blond: Exit = (pbx, transfer, stimulus) => {
  if (stimulus === 'transfereeHangup') return 'failed';
  if (stimulus === 'recalledAnswer') return 'resumed';
  if (stimulus === 'timeout') hangUpRecalled(pbx, transfer);
  return stimulus === 'timeout' || stimulus === 'recalledHangup' ? 'recalling' : undefined;
};

const recalling: Exit = (pbx, transfer, stimulus) => {
  if (stimulus === 'transfereeHangup') return 'failed';
  if (stimulus === 'recalledAnswer') return 'resumed';
  if (stimulus !== 'timeout' && stimulus !== 'recalledHangup') return undefined;
  const { atxferCallbackRetries, atxferLoopDelayS } = pbx.config.features.general;
  hangUpRecalled(pbx, transfer);
  if (++transfer.retries >= atxferCallbackRetries) return 'failed';
  return atxferLoopDelayS > 0 ? 'waiting' : 'retransfer';
};

const waiting: Exit = (_pbx, _transfer, stimulus) => {
  if (stimulus === 'transfereeHangup') return 'failed';
  return stimulus === 'timeout' ? 'retransfer' : undefined;
};

const retransfer: Exit = (pbx, transfer, stimulus) => {
  if (stimulus === 'transfereeHangup') return 'failed';
  if (stimulus === 'recalledAnswer') return 'resumed';
  if (stimulus === 'timeout') hangUpRecalled(pbx, transfer);
  return stimulus === 'timeout' || stimulus === 'recalledHangup' ? 'recalling' : undefined;
};

/** What each state makes of what happens. */
export const EXITS: Readonly<Record<KeyTransferState, Exit>> = {
  calling,
  hesitant,
  consulting,
  doubleChecking,
  blond,
  recalling,
  waiting,
  retransfer,
};

function complete(pbx: Pbx, transfer: KeyTransfer): void {
  merge(pbx, transfer, false);
  playSuccess(pbx, partiesOf(pbx, transfer).target);
  tellKeyTransfer(pbx, transfer, 'bridged');
}

/** What is done on coming to a state, or to an end; false where that cannot be. */
export const ENTRIES: Readonly<Record<NextState, (pbx: Pbx, transfer: KeyTransfer) => boolean>> = {
  calling: done((pbx, transfer) => goTo(pbx, transfer, 'target')),
  hesitant: done((pbx, transfer) => {
    goTo(pbx, transfer, 'transferee');
    unhold(pbx, transfer);
  }),
  consulting: done(() => undefined),
  doubleChecking: done(() => undefined),
  blond: done((pbx, transfer) => {
    transfer.recalled = transfer.target;
    merge(pbx, transfer, false);
    tellKeyTransfer(pbx, transfer, 'bridged');
  }),
  recalling: callBack,
  waiting: done(() => undefined),
  retransfer: callTargetAgain,
  completed: done(complete),
  rebridged: done((pbx, transfer) => {
    goTo(pbx, transfer, 'transferee');
    unhold(pbx, transfer);
  }),
  resumed: done(() => undefined),
  threeway: done((pbx, transfer) => {
    merge(pbx, transfer, true);
    playSuccess(pbx, partiesOf(pbx, transfer).target);
    playSuccess(pbx, partiesOf(pbx, transfer).transferer);
    tellKeyTransfer(pbx, transfer, 'threeway');
  }),
  failed: done((pbx, transfer) => {
    const { transfereeBridge } = partiesOf(pbx, transfer);
    if (transfereeBridge !== undefined) dissolveBridge(pbx, transfereeBridge);
  }),
};

function done(what: (pbx: Pbx, transfer: KeyTransfer) => void) {
  return (pbx: Pbx, transfer: KeyTransfer): boolean => {
    what(pbx, transfer);
    return true;
  };
}
