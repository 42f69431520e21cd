/** How many of each there are, up to a limit. Nothing is kept of what there is none of. */
export class Tally {
  /** As many as there may be of each; who is counted already stays. */
  limit: number;
  readonly #counts = new Map<string, number>();

  constructor(limit: number) {
    this.limit = limit;
  }

  /** One more; false, and nothing counted, where there are as many as there may be. */
  take(key: string): boolean {
    const count = this.#counts.get(key) ?? 0;
    if (count >= this.limit) return false;
    this.#counts.set(key, count + 1);
    return true;
  }

  /** One less of what was taken. */
  free(key: string): void {
    const count = this.#counts.get(key) ?? 0;
    if (count > 1) this.#counts.set(key, count - 1);
    else this.#counts.delete(key);
  }

  /** Keys of which there is at least one. */
  get size(): number {
    return this.#counts.size;
  }
}
