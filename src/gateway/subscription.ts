import { CHANNEL_FLAGS, type ChannelFlag, MODEL_PARTS, type ModelPart, UPKEEP } from './model-parts.ts';
import type { Subjects } from './subjects.ts';
import { CompiledRule, type IndexKey } from './subscription-rule.ts';
import type { WireEvent } from './wire/event.ts';
import type { ModelSnapshot } from './wire/model.ts';
import type { SubscriptionRule } from './wire/protocol.ts';

const LISTS = ['events', 'extensions', 'queues', 'classes'] as const satisfies (keyof SubscriptionRule)[];

/** What a browser wants to see of what it may: events that fit any of the rules, and what of the model such events keep. */
export class Subscription {
  /** The same for subscriptions that are the same, however they are written. */
  readonly key: string;
  readonly #rules: readonly CompiledRule[];

  private constructor(rules: readonly SubscriptionRule[]) {
    this.key = JSON.stringify(rules);
    this.#rules = rules.map((rule) => new CompiledRule(rule));
  }

  /** `undefined` where the rules, or none at all, let everything through. */
  static of(rules: readonly SubscriptionRule[] | undefined): Subscription | undefined {
    if (rules === undefined) return undefined;
    const canonical = canonicalRules(rules);
    return canonical.some((rule) => Object.keys(rule).length === 0) ? undefined : new Subscription(canonical);
  }

  /** What it can be found by when an event comes; `undefined`: it has to be asked about every one. */
  get keys(): readonly IndexKey[] | undefined {
    const keys = this.#rules.map((rule) => rule.keys);
    return keys.includes(undefined) ? undefined : [...new Set(keys.flatMap((each) => each ?? []))];
  }

  passes(event: Pick<WireEvent, 'name' | 'lines'>, subjects: Subjects): boolean {
    return this.#rules.some((rule) => rule.passes(event, subjects));
  }

  /**
   * What of the model is kept by the events that come. A part of which some rule lets things begin, and not end, is not: it would fill up
   * with what is long gone.
   * @param sees names of events that may be seen
   */
  kept(sees: (event: string) => boolean): KeptParts {
    const answers = MODEL_PARTS.map((part) => [part, this.#rules.map((rule) => rule.keeps(part, sees))] as const);
    const lost = new Set(answers.flatMap(([part, each]) => (each.includes(false) ? [UPKEEP[part].table] : [])));
    const rulesOf = answers.flatMap(([part, each]) =>
      lost.has(UPKEEP[part].table) ? [] : [[part, this.#rules.filter((_, index) => each[index] === true)] as const],
    );
    return new KeptParts(new Map(rulesOf), lost);
  }
}

/** What of the model a subscription keeps. */
export class KeptParts {
  readonly #rulesOf: ReadonlyMap<ModelPart, readonly CompiledRule[]>;
  readonly #lost: ReadonlySet<keyof ModelSnapshot>;

  /** @param lost tables that are not kept */
  constructor(rulesOf: ReadonlyMap<ModelPart, readonly CompiledRule[]>, lost: ReadonlySet<keyof ModelSnapshot>) {
    this.#rulesOf = rulesOf;
    this.#lost = lost;
  }

  /** Tables that are kept; `undefined`: all of them. */
  get tables(): readonly (keyof ModelSnapshot)[] | undefined {
    if (this.#lost.size === 0) return undefined;
    const tables = new Set(MODEL_PARTS.map((part) => UPKEEP[part].table).filter((table) => !this.#lost.has(table)));
    return [...tables].flatMap((table) => (table === 'channels' ? [table, 'calls' as const] : [table]));
  }

  /** Whether something is to be seen. @param numbers that it is of @param queue that it is in */
  shows(part: ModelPart, numbers?: readonly string[], queue?: string): boolean {
    return this.#rulesOf.get(part)?.some((rule) => rule.fits(numbers, queue)) ?? false;
  }

  /** The same of what a channel of these numbers is for a while. */
  showsFlag(flag: ChannelFlag, numbers: readonly string[]): boolean {
    const [begins] = CHANNEL_FLAGS[flag];
    return this.#rulesOf.get('channels')?.some((rule) => rule.lets(begins) && rule.fits(numbers, undefined)) ?? false;
  }
}

/** Rules that say the same become the same: sorted, nothing twice, and those that differ in one list only as one. */
function canonicalRules(rules: readonly SubscriptionRule[]): readonly SubscriptionRule[] {
  let all = rules.map(canonicalRule);
  for (const list of LISTS) all = merged(all, list);
  const texts = new Set(all.map((rule) => JSON.stringify(rule)));
  return [...texts].sort().map((text) => JSON.parse(text) as SubscriptionRule);
}

function canonicalRule(rule: SubscriptionRule): SubscriptionRule {
  const lists = LISTS.flatMap((list): (readonly [string, readonly string[]])[] => {
    const patterns = rule[list]?.map((pattern) => pattern.replace(/\*+/g, '*'));
    if (patterns === undefined) return [];
    const isAny = patterns.includes('*') || (list === 'classes' && patterns.includes('all'));
    if (!isAny) return [[list, [...new Set(patterns)].sort()]];
    // Every event has a name and a class, but not every one is about some queue or some extension.
    return list === 'events' || list === 'classes' ? [] : [[list, ['*']]];
  });
  return Object.fromEntries(lists);
}

/** Rules that are the same but for one list let through what one rule does whose list is all of theirs. */
function merged(rules: readonly SubscriptionRule[], list: (typeof LISTS)[number]): SubscriptionRule[] {
  const groups = new Map<string, SubscriptionRule[]>();
  for (const rule of rules) {
    const { [list]: own, ...rest } = rule;
    const key = JSON.stringify([own === undefined, rest]);
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()].map((group) => {
    const own = group.flatMap((rule) => rule[list] ?? []);
    return canonicalRule({ ...group[0], ...(own.length > 0 && { [list]: own }) });
  });
}
