import { deviceOfChannel, devicesOfHint } from './device.ts';
import type { Fact } from './wire/facts.ts';
import type { Model } from './wire/model.ts';

/** Whose a device is: the number in its name, and those of the extensions whose hints watch it. */
export class Numbers {
  readonly #model: Model;
  #hinted: ReadonlyMap<string, readonly string[]> | undefined;
  #extensions = 0;

  /** @param model where hints are looked up, as of now */
  constructor(model: Model) {
    this.#model = model;
  }

  ofDevice(device: string): readonly string[] {
    const hinted = this.#byDevice().get(device);
    const own = ownNumber(device);
    if (hinted === undefined) return [own];
    return hinted.includes(own) ? hinted : [own, ...hinted];
  }

  ofChannel(channel: string): readonly string[] {
    return this.ofDevice(deviceOfChannel(channel.replace(/;[12]$/, '')));
  }

  /** Takes note of what an event changed. True where devices are now of other numbers than their names and earlier hints say. */
  note(facts: readonly Fact[]): boolean {
    let isOther = false;
    for (const fact of facts) {
      if (fact.kind !== 'extension' || fact.before?.hint === fact.after?.hint) continue;
      this.forget();
      const exten = fact.after?.exten ?? fact.before?.exten;
      const devices = [fact.before, fact.after].flatMap((each) => devicesOfHint(each?.hint ?? ''));
      isOther ||= devices.some((device) => ownNumber(device) !== exten);
    }
    return isOther;
  }

  /** The model was filled anew. */
  forget(): void {
    this.#hinted = undefined;
  }

  #byDevice(): ReadonlyMap<string, readonly string[]> {
    const { extensions } = this.#model;
    if (this.#hinted !== undefined && this.#extensions === extensions.size) return this.#hinted;
    const hinted = new Map<string, string[]>();
    for (const { exten, hint } of extensions.values())
      for (const device of devicesOfHint(hint)) {
        const known = hinted.get(device) ?? [];
        if (!known.includes(exten)) hinted.set(device, [...known, exten]);
      }
    this.#extensions = extensions.size;
    this.#hinted = hinted;
    return hinted;
  }
}

/** `1001` of `PJSIP/1001`, and of `Local/1001@from-phones`. */
function ownNumber(device: string): string {
  return device.slice(device.indexOf('/') + 1).replace(/@.*$/, '');
}
