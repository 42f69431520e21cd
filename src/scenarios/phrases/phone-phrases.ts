import { parseDuration } from '../duration.ts';
import { type Phrase, present, type Slots } from '../phrase.ts';
import type { RejectReason } from '../stage.ts';
import type { Millis, Order, PhoneStep } from '../types.ts';

/** What a person does at a phone. */
export const PHONE_PHRASES: readonly Phrase[] = [
  {
    pattern: '<phone:phone> (dials|calls) <number> [from [<callerName:quoted>] [<callerNumber:angle>]]',
    example: '1001 dials 1002',
    make: (slots) => ({ do: 'dial', phone: slots.text('phone'), number: slots.text('number'), ...caller(slots) }),
  },
  simple('answer', '<phone:phone> answers [<other>]', '1002 answers'),
  {
    pattern: '<phone:phone> rejects <reason:reason> [<other>]',
    example: '1002 rejects busy',
    make: (slots) =>
      present({
        do: 'reject' as const,
        phone: slots.text('phone'),
        reason: reason(slots),
        other: slots.maybe('other'),
      }),
  },
  {
    pattern: '<phone:phone> hangs up all',
    example: '1001 hangs up all',
    make: (slots) => ({ do: 'hang-up-all', phone: slots.text('phone') }),
  },
  simple('hang-up', '<phone:phone> hangs up [<other>]', '1001 hangs up'),
  simple('hold', '<phone:phone> holds [<other>]', '1001 holds'),
  simple('resume', '<phone:phone> resumes [<other>]', '1001 resumes'),
  {
    pattern: '<phone:phone> transfers <other> to <to>',
    example: '1002 transfers 1001 to 1003',
    make: (slots) => ({
      do: 'transfer',
      phone: slots.text('phone'),
      other: slots.text('other'),
      to: slots.text('to'),
    }),
  },
  {
    pattern: '<phone:phone> connects <one> and <two>',
    example: '1002 connects 1001 and 1003',
    make: (slots) => ({ do: 'connect', phone: slots.text('phone'), one: slots.text('one'), two: slots.text('two') }),
  },
  {
    pattern: '<phone:phone> presses <digits:digits> [on <other>] [by INFO !info] [by RFC4733] [on <other>]',
    example: '1001 presses 123#',
    make: (slots) =>
      present({
        do: 'press' as const,
        phone: slots.text('phone'),
        digits: slots.text('digits'),
        other: slots.maybe('other'),
        by: slots.has('info') ? ('info' as const) : undefined,
      }),
  },
  {
    pattern: '<phone:phone> speaks',
    example: '1001 speaks',
    make: (slots) => ({ do: 'speak', phone: slots.text('phone'), on: true }),
  },
  {
    pattern: '<phone:phone> is silent',
    example: '1001 is silent',
    make: (slots) => ({ do: 'speak', phone: slots.text('phone'), on: false }),
  },
  {
    pattern: '<phone:phone> registers [for <time:duration>] [with wrong password !wrong]',
    example: '1003 registers',
    make: (slots) =>
      present({
        do: 'register' as const,
        phone: slots.text('phone'),
        expiresS: seconds(slots.maybe('time')),
        wrongPassword: slots.has('wrong') ? (true as const) : undefined,
      }),
  },
  {
    pattern: '<phone:phone> unregisters',
    example: '1003 unregisters',
    make: (slots) => ({ do: 'unregister', phone: slots.text('phone') }),
  },
  {
    pattern: '<phone:phone> dies',
    example: '1003 dies',
    make: (slots) => ({ do: 'die', phone: slots.text('phone') }),
  },
  {
    pattern: '<phone:phone> comes back [at port <port:count>]',
    example: '1003 comes back at port 6750',
    make: (slots) =>
      present({
        do: 'come-back' as const,
        phone: slots.text('phone'),
        port: slots.maybe('port') === undefined ? undefined : Number(slots.text('port')),
      }),
  },
];

/** What a phone is told to do by itself with calls to come. */
export const ORDER_PHRASES: readonly Phrase[] = [
  order(
    '<phone:phone> will [ring [after <ring:duration>] [,] then] answer [after <after:duration>]',
    '1002 will answer after 800ms',
    (slots) => ({
      kind: 'answer',
      ringAfter: millis(slots.maybe('ring')),
      after: millis(slots.maybe('after')),
    }),
  ),
  order('<phone:phone> will reject <reason:reason> [after <after:duration>]', '1002 will reject busy', (slots) => ({
    kind: 'reject',
    reason: reason(slots),
    after: millis(slots.maybe('after')),
  })),
  order(
    '<phone:phone> will ring [after <ring:duration>] [,] then reject <reason:reason> [after <after:duration>]',
    '1002 will ring, then reject declined after 500ms',
    (slots) => ({
      kind: 'reject',
      ringAfter: millis(slots.maybe('ring')),
      reason: reason(slots),
      after: millis(slots.maybe('after')),
    }),
  ),
  order('<phone:phone> will [only] ring [after <ring:duration>]', '1002 will only ring', (slots) => ({
    kind: 'ring',
    ringAfter: millis(slots.maybe('ring')),
  })),
  order('<phone:phone> will not respond', '1002 will not respond', () => ({ kind: 'silent' })),
  order('<phone:phone> will do nothing special', '1002 will do nothing special', () => ({ kind: 'nothing-special' })),
  order('<phone:phone> will forward to <to> [after <after:duration>]', '1002 will forward to 1003', (slots) => ({
    kind: 'forward',
    to: slots.text('to'),
    after: millis(slots.maybe('after')),
  })),
  order(
    '<phone:phone> will ring [after <ring:duration>] [,] then forward to <to> [after <after:duration>]',
    '1002 will ring, then forward to 1003 after 2s',
    (slots) => ({
      kind: 'forward',
      ringAfter: millis(slots.maybe('ring')),
      to: slots.text('to'),
      after: millis(slots.maybe('after')),
    }),
  ),
];

/** A duration as written: milliseconds, or the text where values decide; 0 where it was left out. */
export function millis(written: string | undefined): Millis {
  return written === undefined ? 0 : (parseDuration(written) ?? written);
}

function simple(kind: 'answer' | 'hang-up' | 'hold' | 'resume', pattern: string, example: string): Phrase {
  return {
    pattern,
    example,
    make: (slots) => present({ do: kind, phone: slots.text('phone'), other: slots.maybe('other') }),
  };
}

function order(pattern: string, example: string, make: (slots: Slots) => Order): Phrase {
  return { pattern, example, make: (slots) => ({ do: 'follow', phone: slots.text('phone'), order: make(slots) }) };
}

function caller(slots: Slots): Pick<Extract<PhoneStep, { do: 'dial' }>, 'as'> {
  const as = present({ name: slots.maybe('callerName'), number: slots.maybe('callerNumber') });
  return Object.keys(as).length === 0 ? {} : { as };
}

function reason(slots: Slots): RejectReason | number {
  const written = slots.text('reason');
  return /^\d/.test(written) ? Number(written) : (written as RejectReason);
}

function seconds(written: string | undefined): number | undefined {
  return written === undefined ? undefined : (parseDuration(written) ?? 0) / 1000;
}
