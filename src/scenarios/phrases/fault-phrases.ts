import { type Part, type Phrase, parsePattern, type Slots } from '../phrase.ts';
import type { FaultStep } from '../types.ts';
import { writtenWord } from '../words.ts';

interface SpokenFault {
  readonly fault: string;
  /** Its slots are named as the fault's parameters. */
  readonly pattern: string;
  readonly example: string;
}

const HOW_LONG = '[for <for:duration>]';
const HOW_OFTEN = `[<times:count> (times|time)] ${HOW_LONG}`;

/** How a scenario says each fault. */
export const SPOKEN_FAULTS: readonly SpokenFault[] = [
  {
    fault: 'refuse-connections',
    pattern: `pbx refuses connections [how <how>] ${HOW_OFTEN}`,
    example: 'pbx refuses connections for 10s',
  },
  { fault: 'refuse-logins', pattern: `pbx refuses logins ${HOW_OFTEN}`, example: 'pbx refuses logins 3 times' },
  {
    fault: 'slow-logins',
    pattern: `pbx accepts logins slowly [by <by:duration>] ${HOW_OFTEN}`,
    example: 'pbx accepts logins slowly by 5s',
  },
  { fault: 'reset-connections', pattern: 'pbx resets connections', example: 'pbx resets connections' },
  {
    fault: 'drop-mid-message',
    pattern: `pbx drops connections mid-message [after <after:count> (messages|message)] [how <how>] ${HOW_OFTEN}`,
    example: 'pbx drops connections mid-message 1 time',
  },
  { fault: 'silence', pattern: `pbx falls silent ${HOW_LONG}`, example: 'pbx falls silent for 1min' },
  { fault: 'stop-reading', pattern: `pbx stops reading ${HOW_LONG}`, example: 'pbx stops reading' },
  {
    fault: 'split-writes',
    pattern: `pbx splits writes [into <longest:count> (bytes|byte) at most] [every <every:duration>] ${HOW_LONG}`,
    example: 'pbx splits writes into 7 bytes at most',
  },
  {
    fault: 'join-writes',
    pattern: `pbx joins writes [within <within:duration>] ${HOW_LONG}`,
    example: 'pbx joins writes within 50ms',
  },
  {
    fault: 'delay-writes',
    pattern: `pbx delays writes [by <by:duration>] [with jitter <jitter:duration>] ${HOW_LONG}`,
    example: 'pbx delays writes by 80ms with jitter 20ms',
  },
  {
    fault: 'limit-bandwidth',
    pattern: `pbx sends <bytesPerSecond:count> bytes per second ${HOW_LONG}`,
    example: 'pbx sends 2000 bytes per second',
  },
  {
    fault: 'send-garbage',
    pattern: `pbx sends garbage [of <bytes:count> (bytes|byte)] [with chance <chance>] ${HOW_OFTEN}`,
    example: 'pbx sends garbage 1 time',
  },
  {
    fault: 'duplicate-events',
    pattern: `pbx duplicates events [named <events>] [with chance <chance>] ${HOW_OFTEN}`,
    example: 'pbx duplicates events with chance 20%',
  },
  {
    fault: 'lose-events',
    pattern: `pbx loses events [named <events>] [with chance <chance>] ${HOW_OFTEN}`,
    example: 'pbx loses events named Hangup 1 time',
  },
  {
    fault: 'reorder-events',
    pattern: `pbx reorders events [within <within:duration>] ${HOW_LONG}`,
    example: 'pbx reorders events within 50ms',
  },
  {
    fault: 'late-answers',
    pattern: `pbx answers late [by <by:duration>] [to <actions>] ${HOW_OFTEN}`,
    example: 'pbx answers late by 3s to Originate',
  },
  {
    fault: 'lose-answers',
    pattern: `pbx loses answers [to <actions>] [with chance <chance>] ${HOW_OFTEN}`,
    example: 'pbx loses answers to Ping',
  },
  { fault: 'crash', pattern: 'pbx crashes [and stays down for <down:duration>]', example: 'pbx crashes' },
  {
    fault: 'clock-jump',
    pattern: 'pbx clock jumps [<direction>] by <by:duration>',
    example: 'pbx clock jumps ahead by 60min',
  },
];

/** What goes wrong between the PBX and its clients. */
export const FAULT_PHRASES: readonly Phrase[] = [
  ...SPOKEN_FAULTS.map(({ fault, pattern, example }): Phrase => {
    const names = slotNames(parsePattern(pattern));
    return { pattern, example, make: (slots) => ({ do: 'fault', fault, values: given(names, slots) }) };
  }),
  {
    pattern: 'pbx recovers [from <fault:fault>]',
    example: 'pbx recovers',
    make: (slots) => {
      const fault = slots.maybe('fault');
      return fault === undefined ? { do: 'recover' } : { do: 'recover', fault };
    },
  },
];

/** The sentence that the parser makes this step of. */
export function sayFault({ fault, values }: FaultStep): string {
  const spoken = SPOKEN_FAULTS.find((one) => one.fault === fault);
  return words(parsePattern(spoken?.pattern ?? ''), values).join(' ');
}

function words(parts: readonly Part[], values: FaultStep['values']): readonly string[] {
  return parts.flatMap((part) => {
    if (part.kind === 'words') return part.anyOf[0] ?? [];
    if (part.kind === 'slot') return writtenWord(values[part.name] ?? '');
    const named = part.kind === 'optional' && slotNames(part.parts).every((name) => values[name] !== undefined);
    return named ? words(part.parts, values) : [];
  });
}

function given(names: readonly string[], slots: Slots): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of names) {
    const value = slots.maybe(name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function slotNames(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    if (part.kind === 'slot') return part.name;
    return part.kind === 'optional' ? slotNames(part.parts) : [];
  });
}
