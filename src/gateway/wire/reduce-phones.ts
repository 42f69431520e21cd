import { count, header, type WireEvent } from './event.ts';
import type { Draft, Reducer } from './facts.ts';
import { contactKey } from './model.ts';

/** What belongs to a phone, not to a call: its voice mail, where it is registered, what its user says of being there. */
export const PHONE_EVENTS: readonly (readonly [string, Reducer])[] = [
  [
    'MessageWaiting',
    (draft, event) => putMailbox(draft, header(event, 'Mailbox'), count(event, 'New'), count(event, 'Old')),
  ],
  ['ContactStatus', (draft, event) => readContact(draft, event)],
  ['PresenceStateChange', (draft, event) => readPresence(draft, event)],
];

export function putMailbox(draft: Draft, mailbox: string, newMessages: number, oldMessages: number): void {
  draft.put('mailbox', mailbox, { mailbox, newMessages, oldMessages });
}

function readContact(draft: Draft, event: WireEvent): void {
  const contact = {
    aor: header(event, 'AOR'),
    uri: header(event, 'URI'),
    endpoint: header(event, 'EndpointName'),
    status: header(event, 'ContactStatus'),
  };
  if (contact.status === 'Removed') draft.drop('contact', contactKey(contact));
  else draft.put('contact', contactKey(contact), contact);
}

/** Rows of `PresenceStateList` have the name and the headers of the event. */
function readPresence(draft: Draft, event: WireEvent): void {
  const presentity = header(event, 'Presentity');
  draft.put('presence', presentity, {
    presentity,
    status: header(event, 'Status'),
    subtype: header(event, 'Subtype'),
    message: header(event, 'Message'),
  });
}
