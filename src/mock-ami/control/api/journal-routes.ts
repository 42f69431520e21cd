import { z } from 'zod';
import { ActionExpectations, cameOf, notHeld } from '../../action-expectations.ts';
import type { JournalEntry } from '../../actions/journal.ts';
import type { LoggedEvent } from '../../event-log.ts';
import { isWanted, nearMiss, type Wanted } from '../../near-miss.ts';
import { type ApiRoute, route } from './api-route.ts';
import { expectedHeaders, headersObject, journalEntry, loggedEvent, wantedHeaders, withinMs } from './api-schemas.ts';
import { waitFor } from './wait-for.ts';

const after = z.number().int().min(0).default(0).describe('only what has a greater id; 0: also what came already');
const page = {
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
};
const dropped = z.number().int().describe('how many came first and are no longer kept');
const wantedAction = { action: z.string(), headers: wantedHeaders.default({}) };

/** What clients did, and what the PBX told. */
export const JOURNAL_ROUTES: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/v1/journal',
    summary: 'Every action the PBX received, oldest first, by whom, and how it was answered',
    query: z.strictObject({ ...page, action: z.string().optional(), user: z.string().optional() }),
    status: 200,
    response: z.strictObject({ entries: z.array(journalEntry), dropped }),
    handle: ({ operator: { stage } }, { query }) => ({
      entries: stage.server.journal.entries
        .filter(({ id, action, user }) => {
          const wanted = query.action === undefined || query.action.toLowerCase() === action.toLowerCase();
          return id > query.after && wanted && (query.user === undefined || query.user === user);
        })
        .slice(0, query.limit)
        .map(entryAsData),
      dropped: stage.server.journal.dropped,
    }),
  }),
  route({
    method: 'POST',
    path: '/v1/journal/wait',
    summary: 'Waits for an action, come already or to come, until it is answered',
    body: z.strictObject({ ...wantedAction, after, withinMs }),
    status: 200,
    response: journalEntry,
    handle: async ({ operator: { stage }, wall }, { body }) => {
      const { journal } = stage.server;
      const wanted = { name: body.action, headers: expectedHeaders(body.headers) };
      const since = () => journal.entries.filter(({ id }) => id > body.after);
      const entry = await waitFor(
        () => since().find((each) => each.answer !== undefined && isWanted(cameOf(each), wanted)),
        (listener) => journal.onChange(listener),
        { clock: wall, withinMs: body.withinMs, what: () => missed(since(), wanted) + notHeld(journal) },
      );
      return entryAsData(entry);
    },
  }),
  route({
    method: 'POST',
    path: '/v1/journal/assert',
    summary: 'Says whether all these actions came (each of its own), and, if strict, no other that changes the PBX',
    body: z.strictObject({
      expected: z.array(z.strictObject(wantedAction)),
      strict: z.boolean().default(true),
      withinMs: withinMs.unwrap().default(0),
    }),
    status: 200,
    response: z.strictObject({ entries: z.array(journalEntry), dropped }),
    handle: async ({ operator: { stage }, wall }, { body }) => {
      const expectations = new ActionExpectations(stage.server.journal, wall);
      // all are read before the first is waited for: a pattern that is none must leave none behind that fails later
      const expected = body.expected.map(({ action, headers }) => ({ action, headers: expectedHeaders(headers) }));
      const entries = await Promise.all(
        expected.map(({ action, headers }) => expectations.expect(action, headers, { within: body.withinMs })),
      );
      if (body.strict) expectations.assertDone();
      return { entries: entries.map(entryAsData), dropped: stage.server.journal.dropped };
    },
  }),
  route({
    method: 'GET',
    path: '/v1/events',
    summary: 'The newest events of the PBX, oldest first, whether or not a client saw them; at least 10,000 are kept',
    query: z.strictObject({ ...page, name: z.string().optional() }),
    status: 200,
    response: z.strictObject({ events: z.array(loggedEvent), last: z.number().int() }),
    handle: ({ events }, { query }) => ({
      events: events
        .after(query.after)
        .filter(({ name }) => query.name === undefined || query.name.toLowerCase() === name.toLowerCase())
        .slice(0, query.limit)
        .map(eventAsData),
      last: events.last,
    }),
  }),
  route({
    method: 'POST',
    path: '/v1/events/wait',
    summary: 'Waits for an event, happened already or to come',
    body: z.strictObject({ name: z.string(), headers: wantedHeaders.default({}), after, withinMs }),
    status: 200,
    response: loggedEvent,
    handle: async ({ events, wall }, { body }) => {
      const wanted = { name: body.name, headers: expectedHeaders(body.headers) };
      const since = () => events.after(body.after);
      const found = await waitFor(
        () => since().find((event) => isWanted(event, wanted)),
        (listener) => events.onEvent(listener),
        {
          clock: wall,
          withinMs: body.withinMs,
          what: () => `no event ${body.name} happened as wanted; ${nearMiss('event', since(), wanted)}`,
        },
      );
      return eventAsData(found);
    },
  }),
];

/** Why an answered action of that kind was waited for in vain. */
function missed(entries: readonly JournalEntry[], wanted: Wanted): string {
  const unanswered = entries.filter((entry) => isWanted(cameOf(entry), wanted)).map(({ id }) => id);
  if (unanswered.length > 0)
    return `${wanted.name}, action ${unanswered.join(' and ')}, came as wanted, but is not answered yet`;
  return `no action came that is ${wanted.name} as wanted; ${nearMiss('action', entries.map(cameOf), wanted)}`;
}

function entryAsData(entry: JournalEntry): z.infer<typeof journalEntry> {
  return { ...entry, headers: headersObject(entry.headers) };
}

function eventAsData(event: LoggedEvent): z.infer<typeof loggedEvent> {
  return { ...event, headers: headersObject(event.headers) };
}
