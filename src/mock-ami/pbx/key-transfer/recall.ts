import { enterBridge } from '../bridge.ts';
import { publish } from '../channel.ts';
import { tellDial } from '../dial-events.ts';
import { hangupSoon } from '../hangup.ts';
import { dropLeg, isLeg, type LegReport, watchInBridge, watchLeg } from '../outgoing-leg.ts';
import type { Pbx } from '../pbx.ts';
import { requestHangup } from '../request-hangup.ts';
import type { Channel } from '../state.ts';
import { continuation, task } from '../task.ts';
import { callChannel, requestChannel } from '../technology.ts';
import { inheritVariables, setVariable } from '../variables.ts';
import { type KeyTransfer, partiesOf } from './key-transfer.ts';

/** What the channel says that was called for a transfer. */
export const calledSays = task<{ transfer: number } & LegReport>('keyTransfer.calledSays');

/** Where the far end's answers go. */
export function reportTo(transfer: number) {
  return continuation(calledSays, { transfer } as { transfer: number } & LegReport);
}

/** Calls the number for somebody by a Local channel, which is not dialled yet. Source: `dial_transfer`, main/bridge_basic.c. */
export function requestTarget(pbx: Pbx, transferer: Channel, exten: string, context: string): Channel | undefined {
  if (pbx.find(context, exten, 1, transferer.caller.num) === undefined) return undefined;
  const result = requestChannel(pbx, 'Local', `${exten}@${context}`, transferer);
  if ('cause' in result) return undefined;
  const { channel } = result;
  if (transferer.accountCode !== '') channel.accountCode = transferer.accountCode;
  publish(pbx, channel);
  setVariable(pbx, channel, 'TRANSFERERNAME', transferer.name);
  setVariable(pbx, channel, 'ATTENDEDTRANSFER', transferer.name);
  channel.connected = { ...transferer.caller };
  inheritVariables(pbx, transferer, channel);
  return channel;
}

/** Calls the transferer back, whose call has ended. Source: `recalling_enter`, main/bridge_basic.c. */
export function callBack(pbx: Pbx, transfer: KeyTransfer): boolean {
  const { transferee } = partiesOf(pbx, transfer);
  const slash = transfer.transfererAddress.indexOf('/');
  const [tech, resource] = [transfer.transfererAddress.slice(0, slash), transfer.transfererAddress.slice(slash + 1)];
  const result = requestChannel(pbx, tech, resource, transferee);
  if ('cause' in result) return false;
  const { channel } = result;
  channel.application = 'AppDial2';
  channel.applicationData = '(Outgoing Line)';
  if (transferee !== undefined) channel.connected = { ...transferee.caller };
  publish(pbx, channel);
  transfer.recalled = channel.uniqueid;
  watchLeg(channel, reportTo(transfer.id));
  if (!callChannel(pbx, channel)) {
    dropLeg(pbx, channel);
    return false;
  }
  tellDial(pbx, 'DialBegin', undefined, channel, ['DialString', resource]);
  return true;
}

/** Calls the target once more, straight into the transferee's bridge. Source: `retransfer_enter`, main/bridge_basic.c. */
export function callTargetAgain(pbx: Pbx, transfer: KeyTransfer): boolean {
  const { transferee, transfereeBridge } = partiesOf(pbx, transfer);
  const result = requestChannel(pbx, 'Local', `${transfer.exten}@${transfer.context}`, transferee);
  if ('cause' in result || transfereeBridge === undefined) return false;
  const { channel } = result;
  if (transferee !== undefined) channel.connected = { ...transferee.caller };
  transfer.recalled = channel.uniqueid;
  watchInBridge(channel, reportTo(transfer.id));
  if (!callChannel(pbx, channel)) {
    dropLeg(pbx, channel);
    return false;
  }
  enterBridge(pbx, transfereeBridge, channel);
  return true;
}

/** Whoever was called is not waited for any more. */
export function hangUpRecalled(pbx: Pbx, transfer: KeyTransfer): void {
  const { recalled } = partiesOf(pbx, transfer);
  transfer.recalled = '';
  if (recalled === undefined) return;
  if (isLeg(recalled)) endCall(pbx, recalled, 'CANCEL');
  else requestHangup(pbx, recalled, 0);
}

/** The call of somebody who is in no bridge yet ends: DialEnd. */
export function endCall(pbx: Pbx, called: Channel, status: string): void {
  tellDial(pbx, 'DialEnd', undefined, called, ['DialStatus', status]);
  called.activity = undefined;
  hangupSoon(pbx, called);
}
