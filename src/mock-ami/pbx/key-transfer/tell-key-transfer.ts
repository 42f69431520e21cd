import type { Header } from '../../../ami/message.ts';
import { shown } from '../channel.ts';
import type { Pbx } from '../pbx.ts';
import { bridgeHeaders, channelHeaders } from '../snapshot.ts';
import type { Channel } from '../state.ts';
import { type KeyTransfer, partiesOf } from './key-transfer.ts';

/** AttendedTransfer, of a transfer in which one channel of the transferer did all. Source: `publish_transfer_success` and others, main/bridge_basic.c. */
export function tellKeyTransfer(pbx: Pbx, transfer: KeyTransfer, ended: 'bridged' | 'threeway' | 'failed'): void {
  const { transfereeBridge, targetBridge, transferer, transferee, target } = partiesOf(pbx, transfer);
  const party = (channel: Channel | undefined, prefix: string): readonly Header[] =>
    channel === undefined ? [] : channelHeaders(shown(pbx, channel), prefix);
  pbx.emit('AttendedTransfer', [
    ['Result', ended === 'failed' ? 'Fail' : 'Success'],
    ...party(transferer, 'OrigTransferer'),
    ...(transfereeBridge === undefined ? [] : bridgeHeaders(transfereeBridge, 'Orig')),
    ...party(transferer, 'SecondTransferer'),
    ...(targetBridge === undefined ? [] : bridgeHeaders(targetBridge, 'Second')),
    ...(ended === 'failed' ? [] : [...party(transferee, 'Transferee'), ...party(target, 'TransferTarget')]),
    ['IsExternal', 'No'],
    ...destination(transfer, ended, transferer),
  ]);
}

function destination({ transfereeBridge }: KeyTransfer, ended: string, transferer: Channel | undefined): Header[] {
  if (ended === 'failed') return [['DestType', 'Fail']];
  if (ended === 'bridged')
    return [
      ['DestType', 'Bridge'],
      ['DestBridgeUniqueid', transfereeBridge],
    ];
  return [
    ['DestType', 'Threeway'],
    ['DestBridgeUniqueid', transfereeBridge],
    ['DestTransfererChannel', transferer?.name ?? ''],
  ];
}
