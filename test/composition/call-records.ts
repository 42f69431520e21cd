import type { AmiMessage } from '../../src/ami/message.ts';
import { Replacements } from './replacements.ts';

/**
 * What CEL and CDR events must be among themselves and beside the others; every breach is a sentence.
 * Source: main/cel.c, main/cdr.c; recordings `cdr-cel-call`, `cdr-cel-blind-transfer`, `cdr-cel-busy`.
 */
export class CallRecords {
  readonly faults: string[] = [];
  /** By uniqueid: the bridge it is in as CEL tells. */
  readonly #living = new Map<string, string>();
  readonly #ended = new Set<string>();
  /** By uniqueid: hung up, its end is next. */
  readonly #hungUp = new Set<string>();
  readonly #endedCalls = new Set<string>();
  /** Bridges by channel as the bridges tell, which CEL follows a moment later. */
  readonly #entries = new Map<string, number>();
  readonly #told = new Set<string>();
  readonly #replacements = new Replacements();

  hear(event: AmiMessage): void {
    this.#replacements.hear(event);
    if (event.event === 'ConfbridgeJoin') this.#takePlace(event);
    if (event.event === 'CEL') this.#cel(event);
    else if (event.event === 'Cdr') this.#cdr(event);
    else if (event.event === 'Newchannel') this.#told.add(event.get('Uniqueid') ?? '');
    else if (event.event === 'BridgeEnter') this.#count(event, 1);
  }

  /** What is open once everything is over. */
  leftOver(): string[] {
    const { faults } = this;
    for (const [id, bridge] of this.#living) {
      faults.push(`CEL: channel ${id} has no CHAN_END`);
      if (bridge !== '') faults.push(`CEL: channel ${id} has no BRIDGE_EXIT`);
    }
    for (const id of this.#told) if (!this.#ended.has(id)) faults.push(`CEL: channel ${id} was never told of`);
    for (const [id, open] of this.#entries)
      if (open !== 0) faults.push(`CEL: ${open} BRIDGE_ENTER of ${id} are missing`);
    return faults;
  }

  #cel(event: AmiMessage): void {
    const of = (name: string): string => event.get(name) ?? '';
    const [kind, id, call] = [of('EventName'), of('UniqueID'), of('LinkedID')];
    const fault = (text: string): void => void this.faults.push(`CEL ${kind} of ${of('Channel')}: ${text}`);
    if (this.#endedCalls.has(call)) fault(`its call ${call} has had LINKEDID_END`);
    if (kind === 'LINKEDID_END') {
      this.#endedCalls.add(call);
      return;
    }
    if (kind === 'CHAN_START') {
      if (this.#living.has(id) || this.#ended.has(id)) fault('for a second time');
      this.#living.set(id, '');
      return;
    }
    if (!this.#living.has(id)) return fault('of a channel that is not there');
    if (this.#hungUp.has(id) && kind !== 'CHAN_END') fault('after HANGUP');
    if (kind === 'HANGUP') this.#hungUp.add(id);
    if (kind === 'BRIDGE_ENTER') {
      if (this.#living.get(id) !== '') fault('while in another bridge');
      this.#living.set(id, bridgeOf(of('Extra')));
      this.#entries.set(id, (this.#entries.get(id) ?? 0) - 1);
    }
    if (kind === 'BRIDGE_EXIT') {
      if (this.#living.get(id) !== bridgeOf(of('Extra'))) fault('of a bridge it is not in');
      this.#living.set(id, '');
    }
    if (kind !== 'CHAN_END') return;
    if (!this.#hungUp.has(id)) fault('without HANGUP');
    if (this.#living.get(id) !== '') fault('in a bridge');
    this.#living.delete(id);
    this.#ended.add(id);
  }

  #cdr(event: AmiMessage): void {
    const of = (name: string): string => event.get(name) ?? '';
    const fault = (text: string): void => void this.faults.push(`Cdr of ${of('Channel')}: ${text}`);
    if (!this.#told.has(of('UniqueID'))) fault(`${of('UniqueID')} was never a channel`);
    // Who is up and dials without an answer has an AnswerTime all the same. Source: `cdr_object_check_party_a_answer`.
    if (of('Disposition') === 'ANSWERED' && of('AnswerTime') === '') fault('ANSWERED, at no time');
    const times = [of('StartTime'), of('AnswerTime') || of('StartTime'), of('EndTime')];
    if (times.join() !== times.toSorted().join()) fault(`begins, is answered and ends at ${times.join(', ')}`);
    if (Number(of('BillableSeconds')) > Number(of('Duration')))
      fault(`${of('BillableSeconds')} of ${of('Duration')} s are billed`);
  }

  /** In the bridge of a conference another channel takes a member's place without a word. Source: recording `busy-hour-mix`. */
  #takePlace(event: AmiMessage): void {
    const [id, bridge] = [event.get('Uniqueid') ?? '', event.get('BridgeUniqueid') ?? ''];
    const before = this.#replacements.of(id);
    if (before === undefined || this.#living.get(before) !== bridge) return;
    this.#living.set(before, '');
    this.#living.set(id, bridge);
  }

  #count(event: AmiMessage, one: number): void {
    const id = event.get('Uniqueid') ?? '';
    this.#entries.set(id, (this.#entries.get(id) ?? 0) + one);
  }
}

function bridgeOf(extra: string): string {
  return /"bridge_id":"([^"]*)"/.exec(extra)?.[1] ?? '?';
}
