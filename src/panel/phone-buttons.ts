import type { ControlPhone, PhoneButton } from '../client/phone-wall-client.ts';
import { activeCall, phoneKeys } from './phone-keys.ts';

export type PhoneAction = 'dial' | 'answer' | 'hold' | 'transfer' | 'hang-up';

/**
 * The buttons that a key of the phone stands for, in order; none where the key does nothing now; `number` where a number must be
 * typed first. Like a real desk phone it holds the call in hand before it takes or makes another.
 */
export function buttonsFor(
  action: PhoneAction,
  phone: ControlPhone,
  chosen: string | undefined,
  number: string,
): readonly PhoneButton[] | 'number' {
  const { name } = phone;
  const { call, canAnswer, canHold, holding, canTransfer, canJoin } = phoneKeys(phone, chosen);
  const other = call?.other ?? '';
  switch (action) {
    case 'answer':
      return canAnswer ? [...holdInHand(phone), { phone: name, do: 'answer', other }] : [];
    case 'dial':
      if (canAnswer && number === '') return buttonsFor('answer', phone, chosen, number);
      return number === '' ? 'number' : [...holdInHand(phone), { phone: name, do: 'dial', number }];
    case 'hold':
      return canHold ? [{ phone: name, do: holding ? 'resume' : 'hold', other }] : [];
    case 'transfer':
      if (!canTransfer) return [];
      if (number !== '') return [{ phone: name, do: 'transfer', other, to: number }];
      return canJoin ? joinBoth(phone) : 'number';
    case 'hang-up':
      if (!call) return [];
      return call.state === 'ringing' && call.direction === 'in'
        ? [{ phone: name, do: 'reject', reason: 'declined', other }]
        : [{ phone: name, do: 'hangUp', other }];
  }
}

function holdInHand(phone: ControlPhone): readonly PhoneButton[] {
  const call = activeCall(phone);
  return call ? [{ phone: phone.name, do: 'hold', other: call.other }] : [];
}

function joinBoth({ name, calls }: ControlPhone): readonly PhoneButton[] {
  const [one, two] = calls;
  return one && two ? [{ phone: name, do: 'connect', one: one.other, two: two.other }] : [];
}
