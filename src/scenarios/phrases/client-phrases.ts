import { type Phrase, present } from '../phrase.ts';
import type { ClientStep } from '../types.ts';
import { millis } from './phone-phrases.ts';

type Headers = Extract<ClientStep, { do: 'send' }>['headers'];

/** What a program at the manager interface does. */
export const CLIENT_PHRASES: readonly Phrase[] = [
  {
    pattern: '<client:phone> sends raw [latin1 !latin1] [byte by byte every <every:duration>]',
    example: 'admin sends raw: "Action: Ping\\r\\n\\r\\n"',
    value: { kind: 'text', required: true },
    make: (slots, text: string) =>
      present({
        do: 'send-raw' as const,
        client: slots.text('client'),
        text,
        latin1: slots.has('latin1') ? (true as const) : undefined,
        byteEvery: slots.maybe('every') === undefined ? undefined : millis(slots.maybe('every')),
      }),
  },
  {
    pattern:
      '<client:phone> sends <action:action> [as <as:name>] [without ActionID !noId] [without waiting !noWait] [without ActionID !noId] [as <as:name>]',
    example: 'admin sends Originate: {Channel: PJSIP/1001, Async: true}',
    value: { kind: 'headers', required: false },
    make: (slots, headers: Headers | undefined) =>
      present({
        do: 'send' as const,
        client: slots.text('client'),
        action: slots.text('action'),
        headers: headers ?? [],
        withoutActionId: slots.has('noId') ? (true as const) : undefined,
        withoutWaiting: slots.has('noWait') ? (true as const) : undefined,
        as: slots.maybe('as'),
      }),
  },
  {
    pattern:
      '<client:phone> logs in [as <user>] [with secret <secret>] [(with|and) events <events>] [(with|and) secret <secret>]',
    example: 'reader logs in as readonly with events call,hud',
    make: (slots) =>
      present({
        do: 'log-in' as const,
        client: slots.text('client'),
        user: slots.maybe('user') ?? slots.text('client'),
        secret: slots.maybe('secret'),
        events: slots.maybe('events'),
      }),
  },
  simple('client-connects', '<client:phone> connects', 'admin connects'),
  simple('stays-away', '<client:phone> stays away', 'admin stays away'),
  simple('log-off', '<client:phone> logs off', 'reader logs off'),
  simple('drop', '<client:phone> drops', 'reader drops'),
  simple('half-close', '<client:phone> half-closes', 'reader half-closes'),
  simple('stop-reading', '<client:phone> stops reading', 'reader stops reading'),
  simple('read-again', '<client:phone> reads again', 'reader reads again'),
];

type Simple = Exclude<ClientStep['do'], 'log-in' | 'send' | 'send-raw'>;

function simple(kind: Simple, pattern: string, example: string): Phrase {
  return { pattern, example, make: (slots) => ({ do: kind, client: slots.text('client') }) };
}
