import type { AmiMessage } from '../../src/ami/message.ts';

interface Episode {
  readonly begins: string;
  readonly ends: string;
  /** The header that says which one it is; absent where another channel may be at its end, which a transfer puts in the place of the first. */
  readonly by?: string;
}

/** What has an end of its own. */
const EPISODES: readonly Episode[] = [
  { begins: 'LocalOptimizationBegin', ends: 'LocalOptimizationEnd', by: 'Id' },
  { begins: 'AsyncAGIStart', ends: 'AsyncAGIEnd' },
  { begins: 'AGIExecStart', ends: 'AGIExecEnd', by: 'CommandId' },
];

/** What begins once and ends once; every breach is a sentence. */
export class Episodes {
  readonly faults: string[] = [];
  /** How many have begun and not ended. */
  readonly #open = new Map<string, number>();
  readonly #answers = new Set<string>();

  hear(event: AmiMessage): void {
    if (event.event === 'OriginateResponse') this.#response(event.get('ActionID') ?? '');
    if (event.event === 'Newexten' && event.get('Extension') !== event.get('Exten'))
      this.faults.push(`Newexten ${event.get('Extension')} of a channel at ${event.get('Exten')}`);
    for (const { begins, ends, by } of EPISODES) {
      const key = by === undefined ? begins : `${begins} ${event.get(by) ?? ''}`;
      const open = this.#open.get(key) ?? 0;
      if (event.event === begins) {
        if (open > 0 && by !== undefined) this.faults.push(`${key}: a second time`);
        this.#open.set(key, open + 1);
      } else if (event.event === ends) {
        if (open === 0) this.faults.push(`${ends} without ${key}`);
        this.#open.set(key, open - 1);
      }
    }
  }

  /** What never came to its end, once everything is over. */
  leftOver(): string[] {
    return [...this.faults, ...[...this.#open].flatMap(([key, open]) => (open > 0 ? [`${key} has no end`] : []))];
  }

  #response(action: string): void {
    if (this.#answers.has(action)) this.faults.push(`a second OriginateResponse for ${action}`);
    this.#answers.add(action);
  }
}
