import { type Phrase, present, type Slots } from '../phrase.ts';
import type { Lamp } from '../stage.ts';
import type { Condition, Millis, Step } from '../types.ts';
import { millis } from './phone-phrases.ts';

type Headers = readonly (readonly [string, string])[] | undefined;

/** What is expected comes soon, not some time. */
const SOON_MS = 1000;

/** Time, what is waited for, and what is expected. */
export const WAIT_PHRASES: readonly Phrase[] = [
  {
    pattern: 'wait <time:duration>',
    example: 'wait 600ms',
    make: (slots) => ({ do: 'wait', for: millis(slots.text('time')) }),
  },
  {
    pattern: 'wait until <who:phone> is <is:condition> [within <within:duration>]',
    example: 'wait until 1001 is idle within 12s',
    make: (slots) =>
      present({
        do: 'wait-until' as const,
        who: slots.text('who'),
        is: slots.text('is') as Condition,
        within: within(slots),
      }),
  },
  eventPhrase('wait for event', { example: 'wait for event ParkedCall as parked' }),
  eventPhrase('expect event', { example: 'expect event Hold within 50ms', usuallyWithin: SOON_MS }),
  {
    pattern: 'expect lamp <phone:phone> <lamp:lamp> [within <within:duration>]',
    example: 'expect lamp 1002 held within 50ms',
    make: (slots) =>
      present({
        do: 'expect-lamp' as const,
        phone: slots.text('phone'),
        lamp: slots.text('lamp') as Lamp,
        within: within(slots),
      }),
  },
  {
    pattern: 'expect action <action> [within <within:duration>]',
    example: 'expect action Originate: {Exten: 1002}',
    value: { kind: 'headers', required: false },
    make: (slots, headers: Headers) =>
      present({
        do: 'expect-action' as const,
        action: slots.text('action'),
        headers,
        within: within(slots),
      }),
  },
];

/** Both wait for an event; they differ in how long, where the step does not say. */
function eventPhrase(words: string, phrase: { readonly example: string; readonly usuallyWithin?: Millis }): Phrase {
  return {
    pattern: `${words} <event> [as <as:name>] [within <within:duration>] [as <as:name>]`,
    example: phrase.example,
    value: { kind: 'headers', required: false },
    make: (slots, headers: Headers) =>
      present({
        do: 'wait-for-event' as const,
        event: slots.text('event'),
        headers,
        as: slots.maybe('as'),
        within: within(slots) ?? phrase.usuallyWithin,
      }),
  };
}

/** Steps around steps. */
export const BLOCK_PHRASES: readonly Phrase[] = [
  {
    pattern: 'together',
    example: 'together:',
    value: { kind: 'steps', required: true },
    make: (_slots, steps: readonly Step[]) => ({ do: 'together', steps }),
  },
  {
    pattern: 'repeat <times:count> [times]',
    example: 'repeat 25:',
    value: { kind: 'steps', required: true },
    make: (slots, steps: readonly Step[]) => ({ do: 'repeat', times: count(slots.text('times')), steps }),
  },
];

function within(slots: Slots): Millis | undefined {
  const written = slots.maybe('within');
  return written === undefined ? undefined : millis(written);
}

function count(written: string): number | string {
  return /^\d+$/.test(written) ? Number(written) : written;
}
