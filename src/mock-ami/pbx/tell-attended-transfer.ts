import type { Header } from '../../ami/message.ts';
import { shown } from './channel.ts';
import type { Pbx } from './pbx.ts';
import { bridgeHeaders, channelHeaders } from './snapshot.ts';
import type { Bridge, Channel } from './state.ts';

/** Who takes part in an attended transfer, as it stood before. */
export interface TransferParties {
  /** The transferer's call with the transferee, and with the target. */
  readonly first: Channel;
  readonly second: Channel;
  /** Where they are; absent for one that is in none but runs an application. */
  readonly from: Bridge | undefined;
  readonly to: Bridge | undefined;
  readonly transferee: Channel | undefined;
  readonly target: Channel | undefined;
}

/** Both halves of the Local channel that now leads from one bridge to the other. */
interface LinkHalves {
  readonly first: Channel;
  readonly second: Channel;
}

/** AttendedTransfer. Source: `attended_transfer_to_ami`, main/stasis_bridges.c; recordings `attended-transfer*`, `busy-hour-mix`. */
export function tellAttendedTransfer(
  pbx: Pbx,
  parties: TransferParties,
  result: 'Success' | 'Invalid' | 'Not Permitted',
  destination: readonly Header[],
): void {
  prepareToTell(pbx, parties, result, destination)();
}

/** Takes down how the parties stand now, to be told once all is done. */
export function prepareToTell(
  pbx: Pbx,
  { first, second, from, to, transferee, target }: TransferParties,
  result: string,
  destination: readonly Header[],
): (halves?: LinkHalves) => void {
  const party = (channel: Channel | undefined, prefix: string): readonly Header[] =>
    channel === undefined ? [] : channelHeaders(shown(pbx, channel), prefix);
  const place = (bridge: Bridge | undefined, prefix: string): readonly Header[] =>
    bridge === undefined ? [] : bridgeHeaders(bridge, prefix);
  const headers: readonly Header[] = [
    ['Result', result],
    ...party(first, 'OrigTransferer'),
    ...place(from, 'Orig'),
    ...party(second, 'SecondTransferer'),
    ...place(to, 'Second'),
    ...party(transferee, 'Transferee'),
    ...party(target, 'TransferTarget'),
    ['IsExternal', 'No'],
    ...destination,
  ];
  return (halves) =>
    pbx.emit('AttendedTransfer', [
      ...headers,
      ...party(halves?.first, 'LocalOne'),
      ...party(halves?.second, 'LocalTwo'),
    ]);
}
