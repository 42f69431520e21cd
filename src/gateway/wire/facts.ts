import type { WireEvent } from './event.ts';
import type {
  BridgeState,
  CallState,
  ChannelState,
  ConferenceState,
  ContactState,
  DeviceState,
  ExtensionState,
  MailboxState,
  Model,
  ModelSnapshot,
  ParkedState,
  PresenceState,
  QueueState,
  RecordingState,
  TransferState,
} from './model.ts';

/** What one event changed, one fact a thing: without `before` it is new, without `after` it is gone. */
export type Fact =
  | Change<'channel', ChannelState>
  | Change<'bridge', BridgeState>
  | Change<'call', CallState>
  | Change<'extension', ExtensionState>
  | Change<'device', DeviceState>
  | Change<'queue', QueueState>
  | Change<'parked', ParkedState>
  | Change<'conference', ConferenceState>
  | Change<'mailbox', MailboxState>
  | Change<'contact', ContactState>
  | Change<'presence', PresenceState>
  | Change<'recording', RecordingState>
  | Change<'transfer', TransferState>;

export interface Change<Kind extends string, State> {
  readonly kind: Kind;
  /** As in {@link Model}: uniqueid, linkedid, `exten@context`, device or queue name ... */
  readonly key: string;
  readonly before?: State;
  readonly after?: State;
}

/** What an event of one name does to the model. */
export type Reducer = (draft: Draft, event: WireEvent) => void;

export type FactKind = Fact['kind'];

type StateOf<Kind extends FactKind> = NonNullable<Extract<Fact, { kind: Kind }>['after']>;

const TABLES = {
  channel: 'channels',
  bridge: 'bridges',
  call: 'calls',
  extension: 'extensions',
  device: 'devices',
  queue: 'queues',
  parked: 'parked',
  conference: 'conferences',
  mailbox: 'mailboxes',
  contact: 'contacts',
  presence: 'presence',
  recording: 'recordings',
  transfer: 'transfers',
} as const satisfies Record<FactKind, keyof ModelSnapshot>;

/** Writes to a model and keeps account of it: however often a thing is written, it gives one fact, or none if it is as before. */
export class Draft {
  readonly model: Model;
  readonly #keeps: ReadonlySet<keyof ModelSnapshot> | undefined;
  readonly #before = new Map<string, { readonly kind: FactKind; readonly key: string; readonly state: unknown }>();

  /** @param keeps tables that are written to; all where nothing is said */
  constructor(model: Model, keeps?: ReadonlySet<keyof ModelSnapshot>) {
    this.model = model;
    this.#keeps = keeps;
  }

  get<Kind extends FactKind>(kind: Kind, key: string): StateOf<Kind> | undefined {
    return this.#table(kind).get(key);
  }

  keys(kind: FactKind): readonly string[] {
    return [...this.#table(kind).keys()];
  }

  /** Writes nothing where `state` says the same as what is there. */
  put<Kind extends FactKind>(kind: Kind, key: string, state: StateOf<Kind>): void {
    if (this.#keeps?.has(TABLES[kind]) === false) return;
    const before = this.get(kind, key);
    if (before !== undefined && same(before, state)) return;
    this.#remember(kind, key, before);
    this.#table(kind).set(key, state);
  }

  drop(kind: FactKind, key: string): void {
    const before = this.get(kind, key);
    if (before === undefined) return;
    this.#remember(kind, key, before);
    this.#table(kind).delete(key);
  }

  facts(): readonly Fact[] {
    const facts: Fact[] = [];
    for (const { kind, key, state: before } of this.#before.values()) {
      const after = this.get(kind, key);
      if (before === after || (before !== undefined && after !== undefined && same(before, after))) continue;
      facts.push({ kind, key, ...(before !== undefined && { before }), ...(after !== undefined && { after }) } as Fact);
    }
    return facts;
  }

  #remember(kind: FactKind, key: string, state: unknown): void {
    const id = `${kind} ${key}`;
    if (!this.#before.has(id)) this.#before.set(id, { kind, key, state });
  }

  #table<Kind extends FactKind>(kind: Kind): Map<string, StateOf<Kind>> {
    return this.model[TABLES[kind]] as Map<string, unknown> as Map<string, StateOf<Kind>>;
  }
}

/** Deep, for plain data. */
function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [names, values] = [Object.keys(one), other as Readonly<Record<string, unknown>>];
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => same((one as Readonly<Record<string, unknown>>)[name], values[name]));
}
