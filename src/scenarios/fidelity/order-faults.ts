import { alignEvents } from './align.ts';
import { type ComparableEvent, eventLabel, groupEvents } from './canonical.ts';
import { LIFE_EVENTS } from './vocabulary.ts';

/** Events further apart than this keep their order, whatever they are about. */
const RACE_MS = 50;
/** Every pair of events is looked at up to this many; beyond, only those that share a subject. */
const EVERY_PAIR_LIMIT = 4000;

type Counts = (earlier: ComparableEvent, later: ComparableEvent) => boolean;

/**
 * Pairs that stand in another order than in every golden run: events that share a subject (unless threads race for them), and any
 * two more than 50 ms apart. One run alone can't tell what races, so of it only events of one main subject count, and
 * those that open or close a life.
 * @param matched for events of the first run, what stands for them in the candidate
 */
export function orderFaults(
  runs: readonly (readonly ComparableEvent[])[],
  matched: ReadonlyMap<ComparableEvent, ComparableEvent>,
): string[] {
  const [first = [], ...others] = runs;
  const places = others.map((run) => placesIn(run, first));
  const agreed: Counts = (a, b) => places.every((place) => (place.get(a) ?? Infinity) < (place.get(b) ?? -Infinity));
  const events = [...matched.keys()].sort((a, b) => a.at - b.at);
  const faults = new Set<string>();
  const check = (list: readonly ComparableEvent[], counts: Counts): void => {
    for (const [i, a] of list.entries()) {
      const placeOfA = matched.get(a)?.at ?? -1;
      for (const b of list.slice(i + 1)) {
        if ((matched.get(b)?.at ?? Infinity) >= placeOfA || a.conn !== b.conn) continue;
        if (counts(a, b) && agreed(a, b)) faults.add(`${eventLabel(a)} should come before ${eventLabel(b)}`);
      }
    }
  };
  const single = others.length === 0;
  for (const list of bySubject(events)) check(list, (a, b) => b.t - a.t <= RACE_MS && ordered(a, b, single));
  if (events.length <= EVERY_PAIR_LIMIT) check(events, (a, b) => b.t - a.t > RACE_MS);
  return [...faults];
}

function ordered(a: ComparableEvent, b: ComparableEvent, single: boolean): boolean {
  if (a.racing || b.racing) return false;
  return !single || a.subject === b.subject || LIFE_EVENTS.has(a.name) || LIFE_EVENTS.has(b.name);
}

/** Where events of the first run stand in another run. */
function placesIn(run: readonly ComparableEvent[], first: readonly ComparableEvent[]): Map<ComparableEvent, number> {
  const groups = groupEvents(run);
  const places = new Map<ComparableEvent, number>();
  for (const [group, events] of groupEvents(first)) {
    for (const [a, b] of alignEvents(events, groups.get(group) ?? [])) places.set(a, b.at);
  }
  return places;
}

function bySubject(events: readonly ComparableEvent[]): Iterable<readonly ComparableEvent[]> {
  const lists = new Map<string, ComparableEvent[]>();
  for (const event of events) {
    for (const subject of event.subjects) {
      const list = lists.get(subject);
      if (list === undefined) lists.set(subject, [event]);
      else list.push(event);
    }
  }
  return lists.values();
}
