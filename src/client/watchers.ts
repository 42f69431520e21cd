/** Who wants to know of changes of what. */
export class Watchers<Topics extends object> {
  readonly #byTopic = new Map<keyof Topics, Set<(value: never) => void>>();

  add<Topic extends keyof Topics>(topic: Topic, watcher: (value: Topics[Topic]) => void): () => void {
    const all = this.#byTopic.get(topic) ?? new Set();
    this.#byTopic.set(topic, all);
    const one = (value: Topics[Topic]) => watcher(value);
    all.add(one);
    return () => all.delete(one);
  }

  tell<Topic extends keyof Topics>(topic: Topic, value: Topics[Topic]): void {
    for (const watcher of [...(this.#byTopic.get(topic) ?? [])]) watcher(value as never);
  }
}
