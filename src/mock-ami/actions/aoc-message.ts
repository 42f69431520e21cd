import { leadingInteger } from '../config/leading-integer.ts';
import { channelByPrefix } from '../pbx/channel-by-prefix.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { findChannel } from './find-channel.ts';

const MULTIPLIERS = ['onethousandth', 'onehundredth', 'onetenth', 'one', 'ten', 'hundred', 'thousand'];
const CHARGES = ['na', 'free', 'currency', 'unit'];
const BILLING_D = ['normal', 'reversecharge', 'creditcard'];
const BILLING_E = [
  ...BILLING_D,
  ...['callfwdunconditional', 'callfwdbusy', 'callfwdnoreply', 'calldeflection', 'calltransfer'],
];
const ITEMS = [
  ...['na', 'specialarrangement', 'basiccommunication', 'callattempt', 'callsetup'],
  ...['useruserinfo', 'supplementaryservice'],
];
const RATES = ['na', 'free', 'freefrombeginning', 'duration', 'flat', 'volume', 'specialcode'];
const FREE_RATES = ['na', 'free', 'freefrombeginning'];
const SCALES = ['onehundredthsecond', 'onetenthsecond', 'second', 'tenseconds', 'minute', 'hour', 'day'];
const VOLUMES = ['octet', 'segment', 'message'];

const NO_MULTIPLIER = 'ChargeMultiplier unspecified, ChargeMultiplier is required when ChargeType is Currency.';

/**
 * A message about charges for one channel. Phones of the simulation show no charges, so that checking it is all there is to do.
 * Source: `action_aocmessage`, main/manager.c; recording `misc-lists`.
 */
export function aocMessage(request: ActionRequest): Answered {
  const name = request.header('Channel');
  const prefix = request.header('ChannelPrefix');
  if (name === '' && prefix === '')
    return request.error('Channel and PartialChannel are not specified. Specify at least one of these.');
  const { pbx } = request;
  const channel = findChannel(pbx, name) ?? (prefix === '' ? undefined : channelByPrefix(pbx, prefix));
  if (channel === undefined) return request.error('No such channel');
  const fault = faultOf(request);
  return fault === undefined ? request.success('AOC Message successfully queued on channel') : request.error(fault);
}

function faultOf(request: ActionRequest): string | undefined {
  const type = request.header('MsgType').toLowerCase();
  if (type === 'd' || type === 'e') return chargeFault((name) => request.header(name), type);
  return type === 's' ? rateFault(request) : 'Invalid MsgType';
}

type Headers = (name: string) => string;

/** Of charges during a call (`d`) or at its end (`e`). */
function chargeFault(header: Headers, type: 'd' | 'e'): string | undefined {
  const charge = header('ChargeType').toLowerCase();
  if (charge === '') return 'ChargeType not specified';
  if (!CHARGES.includes(charge)) return 'Invalid ChargeType';
  if (charge === 'currency') {
    if (leadingInteger(header('CurrencyAmount')) === undefined)
      return 'Invalid CurrencyAmount, CurrencyAmount is a required when ChargeType is Currency';
    const fault = multiplierFault(header);
    if (fault !== undefined) return fault;
  }
  const billing = header('AOCBillingId').toLowerCase();
  if (billing !== '' && !(type === 'd' ? BILLING_D : BILLING_E).includes(billing))
    return `Invalid AOC-${type.toUpperCase()} AOCBillingId`;
  if (type === 'd') return undefined;
  const wrong = ['ChargingAssociationId', 'ChargingAssociationPlan'].find(
    (name) => header(name) !== '' && leadingInteger(header(name)) === undefined,
  );
  return wrong && `Invalid ${wrong}`;
}

function multiplierFault(header: Headers): string | undefined {
  const multiplier = header('CurrencyMultiplier').toLowerCase();
  if (multiplier === '') return NO_MULTIPLIER;
  return MULTIPLIERS.includes(multiplier) ? undefined : 'Invalid ChargeMultiplier';
}

/** Of rates at the setup: each `ChargedItem` begins one, whose headers are the last of their names until the next. */
function rateFault({ message }: ActionRequest): string | undefined {
  const starts = message.headers.flatMap(([name], at) => (at > 0 && name.toLowerCase() === 'chargeditem' ? [at] : []));
  for (const start of starts) {
    const end = starts.find((other) => other > start) ?? message.headers.length;
    const known = message.headers.slice(0, end);
    const fault = oneRateFault(
      (name) => known.findLast(([other]) => other.toLowerCase() === name.toLowerCase())?.[1] ?? '',
    );
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function oneRateFault(header: Headers): string | undefined {
  const item = header('ChargedItem').toLowerCase();
  const rate = header('RateType').toLowerCase();
  if (item === '') return 'ChargedItem not specified';
  if (rate === '') return 'RateType not specified';
  if (!ITEMS.includes(item)) return 'Invalid ChargedItem';
  if (!RATES.includes(rate)) return 'Invalid RateType';
  if (!FREE_RATES.includes(rate)) {
    if (leadingInteger(header('CurrencyAmount')) === undefined)
      return 'Invalid CurrencyAmount, CurrencyAmount is a required when RateType is non-free';
    const fault = multiplierFault(header);
    if (fault !== undefined) return fault;
  }
  const fault = rate === 'duration' ? durationFault(header) : rate === 'volume' ? volumeFault(header) : undefined;
  if (fault !== undefined) return fault;
  if ((item === 'specialarrangement' || rate === 'specialcode') && leadingInteger(header('Code')) === undefined)
    return 'Invalid Code, Code is a required when ChargedItem is SpecialArrangement and when RateType is SpecialCode';
  return undefined;
}

function durationFault(header: Headers): string | undefined {
  const scale = header('TimeScale').toLowerCase();
  if (scale === '') return 'TimeScale unspecified, TimeScale is required when RateType is Duration.';
  if (!SCALES.includes(scale)) return 'Invalid TimeScale';
  if (leadingInteger(header('Time')) === undefined) return 'Invalid Time, Time is a required when RateType is Duration';
  const granularity = header('GranularityTimeScale').toLowerCase();
  if (header('Granularity') !== '' && granularity !== '' && !SCALES.includes(granularity))
    return 'Invalid GranularityTimeScale';
  const charging = header('ChargingType').toLowerCase();
  return ['', 'continuouscharging', 'stepfunction'].includes(charging) ? undefined : 'Invalid ChargingType';
}

/** Asterisk looks for the unit in `TimeScale`. */
function volumeFault(header: Headers): string | undefined {
  if (header('VolumeUnit') === '') return 'VolumeUnit unspecified, VolumeUnit is required when RateType is Volume.';
  return VOLUMES.includes(header('TimeScale').toLowerCase()) ? undefined : 'Invalid VolumeUnit';
}
