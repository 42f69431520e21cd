import type { ActionRequest, Answered } from './action-request.ts';
import { findChannel } from './find-channel.ts';

const MULTIPLIERS = new Set(['onethousandth', 'onehundredth', 'onetenth', 'one', 'ten', 'hundred', 'thousand']);
const CHARGES = new Set(['na', 'free', 'currency', 'unit']);

/**
 * A message about charges for one channel. Phones of the simulation show no charges, so that checking it is all there is to do.
 * No recording shows it: the order of the checks and their wording are a guess, but for the answer where no channel is named.
 */
export function aocMessage(request: ActionRequest): Answered {
  const name = request.header('Channel');
  const prefix = request.header('ChannelPrefix');
  if (name === '' && prefix === '')
    return request.error('Channel and PartialChannel are not specified. Specify at least one of these.');
  const beginsSo = ({ name: full }: { name: string }): boolean => full.toLowerCase().startsWith(prefix.toLowerCase());
  const channel = findChannel(request.pbx, name) ?? (prefix === '' ? undefined : request.pbx.channels().find(beginsSo));
  if (channel === undefined) return request.error('No such channel');
  const fault = faultOf(request);
  return fault === undefined ? request.success('AOC Message successfully queued on channel') : request.error(fault);
}

function faultOf(request: ActionRequest): string | undefined {
  if (!/^[sde]$/i.test(request.header('MsgType'))) return 'Invalid MsgType';
  const charge = request.header('ChargeType').toLowerCase();
  if (charge === '') return 'ChargeType not specified';
  if (!CHARGES.has(charge)) return 'Invalid ChargeType';
  if (charge !== 'currency') return undefined;
  if (!/^\s*\d/.test(request.header('CurrencyAmount')))
    return 'Invalid CurrencyAmount, CurrencyAmount is a required when ChargeType is Currency';
  const multiplier = request.header('CurrencyMultiplier').toLowerCase();
  if (multiplier === '')
    return 'ChargeMultiplier unspecified, ChargeMultiplier is required when ChargeType is Currency.';
  return MULTIPLIERS.has(multiplier) ? undefined : 'Invalid ChargeMultiplier';
}
