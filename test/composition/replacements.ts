import type { AmiMessage } from '../../src/ami/message.ts';

/** Who goes on with an application in whose place, as attended transfers tell: uniqueids. Source: recording `busy-hour-mix`. */
export class Replacements {
  readonly #before = new Map<string, string>();
  /** Who took over last, and from whom. */
  newest: readonly [after: string, before: string] = ['', ''];
  #leftConference = '';
  /** Second half of the newest Local channel that puts more than one through. */
  #link = '';

  hear(event: AmiMessage): void {
    const of = (name: string): string => event.get(name) ?? '';
    if (event.event === 'LocalBridge' && of('Exten') === '_attended') this.#link = of('LocalTwoUniqueid');
    if (event.event === 'ConfbridgeLeave') this.#leftConference = of('Uniqueid');
    if (event.event !== 'AttendedTransfer' || of('DestType') !== 'App') return;
    const isFirst = of('OrigBridgeUniqueid') === '';
    const after = of(isFirst ? 'TransferTargetUniqueid' : 'TransfereeUniqueid') || this.#link;
    this.newest = [after, of(isFirst ? 'OrigTransfererUniqueid' : 'SecondTransfererUniqueid')];
    this.#before.set(...this.newest);
  }

  /** In whose place that channel joins a conference; `undefined` where it comes by itself. */
  of(uniqueid: string): string | undefined {
    return uniqueid === this.#link ? this.#leftConference : this.#before.get(uniqueid);
  }
}
