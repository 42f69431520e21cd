/** What a parameter's value is, and so its unit. */
export type ParameterKind =
  /** Milliseconds; `600ms`, `3s` and `2min` are understood too. */
  | 'duration'
  /** A whole number, 0 or more. */
  | 'count'
  /** 0 to 1; `20%` is understood too. */
  | 'chance'
  /** Names, in any case; none: all of them. */
  | 'names'
  /** One of a few words. */
  | 'choice';

export interface FaultParameter {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly default: number | string | readonly string[];
  /** Least value of a count. */
  readonly least?: number;
  /** The words of a choice. */
  readonly choices?: readonly string[];
  readonly about: string;
}

export interface FaultDescription {
  readonly name: string;
  /** What it does, in a sentence. */
  readonly about: string;
  /** `lasting` until it is cleared; `once`: it happens when it is set, and there is nothing to clear. */
  readonly kind: 'lasting' | 'once';
  /** The first is the one that a bare value on the command line means. */
  readonly parameters: readonly FaultParameter[];
}

const FOR = {
  name: 'for',
  kind: 'duration',
  default: 0,
  about: 'clears itself after that time; 0: never',
} as const;
const TIMES = {
  name: 'times',
  kind: 'count',
  default: 0,
  about: 'clears itself when it has struck that often; 0: never',
} as const;
const CHANCE = { name: 'chance', kind: 'chance', default: 1, about: 'how likely it strikes each' } as const;
const EVENTS = { name: 'events', kind: 'names', default: [], about: 'which events; none named: all' } as const;
const ACTIONS = {
  name: 'actions',
  kind: 'names',
  default: [],
  about: 'the answers to which actions; none named: to all',
} as const;

/** Every fault that the mock knows: what the API, the documentation and the command line list. */
export const FAULTS = [
  {
    name: 'refuse-connections',
    about: 'Nobody gets in; whoever is in stays.',
    kind: 'lasting',
    parameters: [
      {
        name: 'how',
        kind: 'choice',
        choices: ['refused', 'reset', 'closed'],
        default: 'refused',
        about: 'the port is closed; or a connection is taken and reset, or taken and closed, without a banner',
      },
      { ...TIMES, about: `${TIMES.about}; not with refused, of which the PBX hears nothing` },
      FOR,
    ],
  },
  {
    name: 'refuse-logins',
    about: 'Every login is refused as a wrong secret is: an error after a second, then the end of the connection.',
    kind: 'lasting',
    parameters: [TIMES, FOR],
  },
  {
    name: 'slow-logins',
    about: 'Logins are answered late, right ones and wrong ones.',
    kind: 'lasting',
    parameters: [{ name: 'by', kind: 'duration', default: 5000, about: 'how late' }, TIMES, FOR],
  },
  {
    name: 'reset-connections',
    about: 'Every connection is reset (RST where the transport has one).',
    kind: 'once',
    parameters: [],
  },
  {
    name: 'drop-mid-message',
    about: 'A connection ends in the middle of a message, at a seeded byte of it.',
    kind: 'lasting',
    parameters: [
      { name: 'after', kind: 'count', default: 0, about: 'messages on the connection that come whole before' },
      {
        name: 'how',
        kind: 'choice',
        choices: ['closed', 'reset'],
        default: 'closed',
        about: 'in order (FIN), or with a reset',
      },
      TIMES,
      FOR,
    ],
  },
  {
    name: 'silence',
    about:
      'Connections stay open, but nothing passes any more in either direction: those there are, and those made meanwhile. They stay dead when it is cleared; new ones work.',
    kind: 'lasting',
    parameters: [FOR],
  },
  {
    name: 'stop-reading',
    about: 'The PBX reads nothing of what clients send, but sends on; what came meanwhile is read afterwards.',
    kind: 'lasting',
    parameters: [FOR],
  },
  {
    name: 'split-writes',
    about: 'What the PBX sends is cut into pieces, each sent by itself: at every byte, or at seeded cuts.',
    kind: 'lasting',
    parameters: [
      {
        name: 'longest',
        kind: 'count',
        least: 1,
        default: 1,
        about: 'bytes of the longest piece; above 1 pieces have a seeded length from 1 to that',
      },
      { name: 'every', kind: 'duration', default: 0, about: 'time between two pieces' },
      FOR,
    ],
  },
  {
    name: 'join-writes',
    about: 'What the PBX sends is held for a while and then sent as one piece, several messages at once.',
    kind: 'lasting',
    parameters: [{ name: 'within', kind: 'duration', default: 50, about: 'how long it is held' }, FOR],
  },
  {
    name: 'delay-writes',
    about: 'What the PBX sends comes late, in its order.',
    kind: 'lasting',
    parameters: [
      { name: 'by', kind: 'duration', default: 100, about: 'how late' },
      { name: 'jitter', kind: 'duration', default: 0, about: 'as much later still, by chance from 0 to that' },
      FOR,
    ],
  },
  {
    name: 'limit-bandwidth',
    about: 'What the PBX sends goes out no faster than that, a connection.',
    kind: 'lasting',
    parameters: [{ name: 'bytesPerSecond', kind: 'count', least: 1, default: 1000, about: 'bytes a second' }, FOR],
  },
  {
    name: 'send-garbage',
    about: 'Seeded bytes that are no AMI are sent before a message.',
    kind: 'lasting',
    parameters: [
      { name: 'bytes', kind: 'count', least: 1, default: 64, about: 'how many bytes' },
      { ...CHANCE, about: 'how likely before each message' },
      TIMES,
      FOR,
    ],
  },
  {
    name: 'duplicate-events',
    about: 'Events come twice.',
    kind: 'lasting',
    parameters: [EVENTS, CHANCE, TIMES, FOR],
  },
  {
    name: 'lose-events',
    about: 'Events do not come.',
    kind: 'lasting',
    parameters: [EVENTS, CHANCE, TIMES, FOR],
  },
  {
    name: 'reorder-events',
    about:
      "Events that come about at nearly the same time come in another order that a real Asterisk's threads could make: a call's own events, and cause and effect, keep theirs.",
    kind: 'lasting',
    parameters: [{ name: 'within', kind: 'duration', default: 50, about: 'how long events are held to be mixed' }, FOR],
  },
  {
    name: 'late-answers',
    about: 'Answers to actions come late, with the rows of their lists, in their order; events pass them.',
    kind: 'lasting',
    parameters: [{ name: 'by', kind: 'duration', default: 3000, about: 'how late' }, ACTIONS, TIMES, FOR],
  },
  {
    name: 'lose-answers',
    about: 'Actions are done, but their answers do not come, nor the rows of their lists.',
    kind: 'lasting',
    parameters: [ACTIONS, CHANCE, TIMES, FOR],
  },
  {
    name: 'restart',
    about: 'The PBX restarts in order: Shutdown, the port closed for a moment, then every id anew.',
    kind: 'once',
    parameters: [],
  },
  {
    name: 'crash',
    about: 'The PBX is killed without a word and starts again, with every id anew.',
    kind: 'once',
    parameters: [{ name: 'down', kind: 'duration', default: 0, about: 'time until it begins to start' }],
  },
  {
    name: 'clock-jump',
    about: "The PBX's clock shows another time from now on, as when somebody sets it.",
    kind: 'once',
    parameters: [
      { name: 'by', kind: 'duration', default: 3_600_000, about: 'how far' },
      { name: 'direction', kind: 'choice', choices: ['ahead', 'back'], default: 'ahead', about: 'which way' },
    ],
  },
] as const satisfies readonly FaultDescription[];

type Described = (typeof FAULTS)[number];

export type FaultName = Described['name'];

type ParametersOf<Name extends FaultName> = Extract<Described, { name: Name }>['parameters'][number];
type ValueOf<Parameter> = Parameter extends { readonly kind: 'names' }
  ? readonly string[]
  : Parameter extends { readonly choices: readonly (infer Word)[] }
    ? Word
    : number;

/** The values of a fault's parameters, checked, none left out: times in ms, chances from 0 to 1. */
export type FaultValues<Name extends FaultName> = {
  readonly [Parameter in ParametersOf<Name> as Parameter['name']]: ValueOf<Parameter>;
};

/** The description of that fault; `undefined` where there is none of that name. */
export function describedFault(name: string): (FaultDescription & { readonly name: FaultName }) | undefined {
  return FAULTS.find((fault) => fault.name === name);
}
