import type { WireEvent } from '../../gateway/wire/event.ts';
import type { Fact, FactKind } from '../../gateway/wire/facts.ts';
import { holds } from '../../gateway/wire/holds.ts';
import {
  type ChannelState,
  type ExtensionState,
  emptyModel,
  fromSnapshot,
  type Model,
  type ModelSnapshot,
  type QueueState,
} from '../../gateway/wire/model.ts';
import { type KeptTables, reduce, reducePbxLoss } from '../../gateway/wire/reduce.ts';
import { type CallView, callView } from './call-view.ts';
import { deviceOf, devicesOf } from './device.ts';
import { Directory } from './directory.ts';
import { type ExtensionView, extensionView } from './extension-view.ts';

/** One extension's view, and what it was made from. */
interface Seen {
  readonly from: readonly unknown[];
  readonly view: ExtensionView;
}

const ALL: ReadonlySet<FactKind> = new Set(['channel', 'bridge', 'call', 'extension', 'device', 'queue']);

/** Calls, extensions and queues of a PBX as they are now: the last snapshot and all events since. */
export class LiveState {
  readonly #directory: Directory;
  #model: Model = emptyModel();
  #keeps: KeptTables | undefined;
  /** Made when first asked for after a change. */
  #calls: readonly CallView[] | undefined;
  #queues: readonly QueueState[] | undefined;
  #extensionList: readonly ExtensionView[] | undefined;
  #extensions: ReadonlyMap<string, ExtensionView> | undefined;
  #seen: ReadonlyMap<string, Seen> = new Map();

  constructor(names?: Readonly<Record<string, string>>) {
    this.#directory = new Directory(names);
  }

  /** Everything, as the gateway sees it. */
  get model(): Model {
    return this.#model;
  }

  /** Oldest first. */
  get calls(): readonly CallView[] {
    this.#calls ??= [...this.#model.calls.values()]
      .map((call) => callView(call, (uniqueid) => this.#model.channels.get(uniqueid)))
      .filter((call) => call !== undefined)
      .sort((a, b) => a.sinceMs - b.sinceMs);
    return this.#calls;
  }

  /** Phones first, by number. An extension that did not change is the same object as before, and so is the whole list. */
  get extensions(): readonly ExtensionView[] {
    const views = this.#extensionViews();
    this.#extensionList ??= [...views.values()].sort(phonesFirst);
    return this.#extensionList;
  }

  /** `undefined` where no hint of that number is known. */
  extension(number: string): ExtensionView | undefined {
    return this.#extensionViews().get(number);
  }

  /** By name. */
  get queues(): readonly QueueState[] {
    this.#queues ??= [...this.#model.queues.values()].sort((a, b) => a.queue.localeCompare(b.queue));
    return this.#queues;
  }

  /** The best name known of an extension; '' where none is. */
  nameOf(extension: string): string {
    return this.#directory.nameOf(extension);
  }

  /** Adds names that are known for sure. False where they are no news. */
  name(names: Readonly<Record<string, string>>): boolean {
    const news = Object.entries(names).filter(([extension, name]) => this.nameOf(extension) !== name);
    for (const [extension, name] of news) this.#directory.give(extension, name);
    if (news.length > 0) this.#extensions = undefined;
    return news.length > 0;
  }

  /** The extension whose hint watches the device of that channel; `undefined` for a trunk's, say. */
  extensionOfChannel(channel: string): string | undefined {
    const device = deviceOf(channel);
    return [...this.#model.extensions.values()].find((one) => devicesOf(one).includes(device))?.exten;
  }

  /** @param keeps the tables that the events to come keep; all where nothing is said */
  replace(snapshot: ModelSnapshot, keeps?: readonly (keyof ModelSnapshot)[]): void {
    this.#model = fromSnapshot(snapshot);
    this.#keeps = keeps && new Set(keeps);
    this.#directory.learnFrom(this.#model);
    this.#forgetViews(ALL);
  }

  /** Takes an event in; the facts that it changed. */
  apply(event: WireEvent): readonly Fact[] {
    const facts = reduce(this.#model, event, this.#keeps);
    for (const fact of facts) {
      if (fact.kind !== 'channel' || !fact.after) continue;
      this.#directory.learnFromChannel(fact.after, this.extensionOfChannel(fact.after.channel));
    }
    this.#forgetViews(new Set(facts.map(({ kind }) => kind)));
    return facts;
  }

  /** The gateway has no link to its PBX: calls are not known any more, and no lamp is. */
  losePbx(): void {
    reducePbxLoss(this.#model);
    this.#forgetViews(ALL);
  }

  #forgetViews(changed: ReadonlySet<FactKind>): void {
    if (changed.has('channel') || changed.has('call')) this.#calls = undefined;
    if (changed.has('queue')) this.#queues = undefined;
    if (changed.has('extension') || changed.has('channel') || changed.has('bridge')) this.#extensions = undefined;
  }

  #extensionViews(): ReadonlyMap<string, ExtensionView> {
    this.#extensions ??= this.#makeExtensionViews();
    return this.#extensions;
  }

  #makeExtensionViews(): ReadonlyMap<string, ExtensionView> {
    const channels = channelsByDevice(this.#model);
    const held = new Set(holds(this.#model).flatMap((hold) => hold.held));
    const seen = new Map<string, Seen>();
    for (const extension of this.#model.extensions.values()) {
      const own = devicesOf(extension).flatMap((device) => channels.get(device) ?? []);
      seen.set(extension.exten, this.#see(extension, own, held));
    }
    const before = this.#seen;
    if (seen.size !== before.size || [...seen].some(([exten, one]) => one !== before.get(exten)))
      this.#extensionList = undefined;
    this.#seen = seen;
    return new Map([...seen].map(([exten, { view }]) => [exten, view]));
  }

  /** What there was to see before, if nothing that it was made from has changed: entries of the model are never changed in place. */
  #see(extension: ExtensionState, channels: readonly ChannelState[], held: ReadonlySet<string>): Seen {
    const name = this.#directory.nameOf(extension.exten);
    const heldHere = channels.filter(({ uniqueid }) => held.has(uniqueid)).map(({ uniqueid }) => uniqueid);
    const from = [extension, name, ...channels, ...heldHere];
    const before = this.#seen.get(extension.exten);
    const isSame = before?.from.length === from.length && before.from.every((part, index) => part === from[index]);
    return isSame ? before : { from, view: extensionView(extension, channels, heldHere, name) };
  }
}

function channelsByDevice({ channels }: Model): ReadonlyMap<string, readonly ChannelState[]> {
  const byDevice = new Map<string, ChannelState[]>();
  for (const channel of channels.values()) {
    const device = deviceOf(channel.channel);
    byDevice.set(device, [...(byDevice.get(device) ?? []), channel]);
  }
  return byDevice;
}

function phonesFirst(a: ExtensionView, b: ExtensionView): number {
  const rank = ({ kind }: ExtensionView) => (kind === 'phone' ? 0 : 1);
  return rank(a) - rank(b) || a.extension.localeCompare(b.extension, 'en', { numeric: true });
}
