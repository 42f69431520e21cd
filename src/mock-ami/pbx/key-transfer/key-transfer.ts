import { channelsIn } from '../bridge.ts';
import type { Pbx } from '../pbx.ts';
import type { Bridge, Channel } from '../state.ts';

/** Where an attended transfer by keys stands. Names as in main/bridge_basic.c (`enum attended_transfer_state`). */
export type KeyTransferState =
  /** The transferer waits with the target, which rings. */
  | 'calling'
  /** The target rings, and the transferer is back with the transferee for a while. */
  | 'hesitant'
  /** The transferer talks with the target. */
  | 'consulting'
  /** The target has answered, and the transferer is with the transferee for a while. */
  | 'doubleChecking'
  /** The transferer has gone while the target rings; the transferee hears that. */
  | 'blond'
  /** Nobody answered: the transferer is called back. */
  | 'recalling'
  /** Nor did the transferer answer: a pause. */
  | 'waiting'
  /** The target is called once more. */
  | 'retransfer';

/** One attended transfer by keys; plain data. */
export interface KeyTransfer {
  readonly id: number;
  state: KeyTransferState;
  /** Uniqueids. */
  readonly transferer: string;
  readonly transfereeBridge: string;
  readonly targetBridge: string;
  /** The channel that was called: the first half of a Local one. */
  readonly target: string;
  /** Whose answer is waited for once the transferer has gone: the target, or the transferer who is called back; ''. */
  recalled: string;
  readonly exten: string;
  readonly context: string;
  /** `PJSIP/1002` */
  readonly transfererAddress: string;
  /** By the action Atxfer. */
  readonly byManager: boolean;
  retries: number;
  timer: number;
}

interface KeyTransfers {
  next: number;
  transfers: KeyTransfer[];
}

export function keyTransfers(pbx: Pbx): KeyTransfers {
  return pbx.part<KeyTransfers>('keyTransfers', () => ({ next: 1, transfers: [] }));
}

export function findTransfer(pbx: Pbx, id: number): KeyTransfer | undefined {
  return keyTransfers(pbx).transfers.find((transfer) => transfer.id === id);
}

/** The transfer that has a bridge in hand. */
export function transferOf(pbx: Pbx, bridge: Bridge): KeyTransfer | undefined {
  return findTransfer(pbx, (bridge.extra['transfer'] as number | undefined) ?? 0);
}

/** Which bridge and channels a transfer has now; those that have ended are absent. */
export function partiesOf(pbx: Pbx, transfer: KeyTransfer) {
  const transfereeBridge = pbx.bridge(transfer.transfereeBridge);
  const transferer = pbx.channel(transfer.transferer);
  const transferee: Channel | undefined =
    transfereeBridge === undefined
      ? undefined
      : channelsIn(pbx, transfereeBridge).find(
          ({ uniqueid }) => uniqueid !== transfer.transferer && uniqueid !== transfer.target,
        );
  return {
    transfereeBridge,
    targetBridge: pbx.bridge(transfer.targetBridge),
    transferer,
    transferee,
    target: pbx.channel(transfer.target),
    recalled: pbx.channel(transfer.recalled),
  };
}
