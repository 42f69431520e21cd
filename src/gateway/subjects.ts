import { Numbers } from './numbers.ts';
import type { WireEvent, WireHeaders } from './wire/event.ts';
import type { Fact } from './wire/facts.ts';
import type { Model } from './wire/model.ts';

/** Whom an event tells of. Worked out once, when it comes, for all who may want to see it. */
export interface Subjects {
  /** Numbers of the channels, devices and mailboxes that its headers name. */
  readonly named: readonly string[];
  /** These, and the numbers of what it changes in the model: of all in a bridge that is another now, say. */
  readonly touched: readonly string[];
  /** The queue that its headers name. */
  readonly queue: string | undefined;
  /** This one, and those that it changes. */
  readonly queues: readonly string[];
  /** Things are of other numbers now than before, or come into sight without being told in whole: who sees parts needs a snapshot. */
  readonly regroups: boolean;
}

/** Events and answers about a number: elsewhere `Exten` is where a channel is in the dialplan. */
const ABOUT_NUMBER = new Set(['ExtensionStatus', 'PresenceStatus']);
/** It names the channel that has left a message too, but tells of the mailbox. Source: recording `voicemail-mwi`. */
const ABOUT_MAILBOX = 'MessageWaiting';
const DEVICE_HEADERS = new Set(['Device', 'Interface', 'StateInterface', 'MemberName']);
/** `Peer` is a device in PeerStatus, and a channel in CEL. Source: recordings `endpoint-goes-unreachable`, `cdr-cel-call`. */
const CHANNEL_FORM = /-[0-9a-f]{8}(?:;[12])?$/;
const NUMBER_HEADERS = new Set(['Mailbox', 'VoiceMailbox', 'EndpointName', 'AOR', 'Endpoint']);

/** Reads whom events tell of, one by one in their order. */
export class SubjectReader {
  readonly #model: Model;
  readonly #numbers: Numbers;
  /** Who has been in a bridge or a conference since it is there: they hear of its end, when nobody is in it any more. */
  readonly #visitors = new Map<string, Set<string>>();

  constructor(model: Model, numbers = new Numbers(model)) {
    this.#model = model;
    this.#numbers = numbers;
  }

  /** The model was filled anew. */
  begin(): void {
    this.#numbers.forget();
    this.#visitors.clear();
    const { bridges, conferences } = this.#model;
    for (const { uniqueid, channels } of bridges.values())
      this.#visit(`bridge ${uniqueid}`, this.#ofUniqueids(channels));
    for (const { conference, members } of conferences.values())
      this.#visit(`conference ${conference}`, this.#ofChannels(members));
  }

  /** @param facts what the event has changed in the model */
  read(event: WireEvent, facts: readonly Fact[]): Subjects {
    const named = namedNumbers(event, this.#numbers);
    const queue = namedQueue(event.headers);
    let regroups = this.#numbers.note(facts);
    const touched = new Set(named);
    const queues = new Set(queue === undefined ? [] : [queue]);
    for (const fact of facts) {
      if (fact.kind === 'queue') queues.add(fact.key);
      for (const number of this.#ofFact(fact, named.length === 0)) touched.add(number);
      regroups ||= isMoved(fact) || isLateToRecording(fact);
    }
    return { named, touched: [...touched], queue, queues: [...queues], regroups };
  }

  #ofFact(fact: Fact, isAboutNobody: boolean): Iterable<string> {
    if (fact.kind === 'channel' || fact.kind === 'parked' || fact.kind === 'recording' || fact.kind === 'transfer')
      return this.#ofChannels([fact.before, fact.after].filter((each) => each !== undefined));
    if (fact.kind === 'bridge')
      return this.#ofGroup(
        fact,
        this.#ofUniqueids([...(fact.before?.channels ?? []), ...(fact.after?.channels ?? [])]),
      );
    if (fact.kind !== 'conference') return [];
    const members = this.#ofChannels([...(fact.before?.members ?? []), ...(fact.after?.members ?? [])]);
    const all = this.#ofGroup(fact, members);
    return isAboutNobody ? all : [];
  }

  #ofGroup(fact: Fact, inside: readonly string[]): Iterable<string> {
    const key = `${fact.kind} ${fact.key}`;
    const visitors = this.#visit(key, inside);
    if (fact.after !== undefined) return inside;
    this.#visitors.delete(key);
    return visitors;
  }

  #visit(key: string, numbers: readonly string[]): ReadonlySet<string> {
    const visitors = this.#visitors.get(key) ?? new Set();
    this.#visitors.set(key, visitors);
    for (const number of numbers) visitors.add(number);
    return visitors;
  }

  #ofChannels(states: readonly { readonly channel: string }[]): readonly string[] {
    return states.flatMap(({ channel }) => this.#numbers.ofChannel(channel));
  }

  #ofUniqueids(uniqueids: readonly string[]): readonly string[] {
    return this.#ofChannels(uniqueids.flatMap((uniqueid) => this.#model.channels.get(uniqueid) ?? []));
  }
}

/**
 * The numbers that an event or an answer names.
 * @param isAnswer of an action: what it says of a number is about that
 */
export function namedNumbers(
  { name, headers }: Pick<WireEvent, 'name' | 'headers'>,
  numbers: Numbers,
  isAnswer = false,
): readonly string[] {
  const found = new Set<string>();
  for (const header of name === ABOUT_MAILBOX ? ['Mailbox'] : Object.keys(headers)) {
    const read = readerOf(header, isAnswer || ABOUT_NUMBER.has(name));
    if (read === undefined) continue;
    for (const value of [headers[header] ?? []].flat()) for (const number of read(value, numbers)) found.add(number);
  }
  return [...found];
}

export function namedQueue(headers: WireHeaders): string | undefined {
  return Object.hasOwn(headers, 'Queue') ? [headers['Queue']].flat()[0] : undefined;
}

/** `CustomPresence:1001` is of 1001. */
export function numberOfPresentity(presentity: string): string {
  return presentity.slice(presentity.indexOf(':') + 1);
}

/** `1002@default` is of 1002. */
export function numberOfMailbox(mailbox: string): string {
  return mailbox.replace(/@.*$/, '');
}

type Reader = (value: string, numbers: Numbers) => readonly string[];

function readerOf(header: string, isAboutNumber: boolean): Reader | undefined {
  if (header.endsWith('Channel') || header === 'Newname') return (value, numbers) => numbers.ofChannel(value);
  if (header === 'Peer')
    return (value, numbers) => (CHANNEL_FORM.test(value) ? numbers.ofChannel(value) : numbers.ofDevice(value));
  if (DEVICE_HEADERS.has(header)) return (value, numbers) => numbers.ofDevice(value);
  if (NUMBER_HEADERS.has(header)) return (value) => [numberOfMailbox(value)];
  if (header === 'Presentity') return (value) => [numberOfPresentity(value)];
  return header === 'Exten' && isAboutNumber ? (value) => [value] : undefined;
}

/** A channel that has another name can be of somebody else. */
function isMoved(fact: Fact): boolean {
  return fact.kind === 'channel' && fact.before !== undefined && fact.after !== undefined
    ? fact.before.channel !== fact.after.channel
    : false;
}

/** Who comes into a conference is not told by the event that it is recorded already. */
function isLateToRecording(fact: Fact): boolean {
  if (fact.kind !== 'conference' || fact.after?.recording !== true) return false;
  return fact.after.members.length > (fact.before?.members.length ?? 0);
}
