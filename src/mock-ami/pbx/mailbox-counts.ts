import type { Pbx } from './pbx.ts';

/** Messages in a mailbox. */
export interface MailboxCounts {
  urgent: number;
  /** In INBOX, not heard yet. */
  fresh: number;
  old: number;
}

/** By `1002@default`; what is absent has none. */
export type MailboxesState = Record<string, MailboxCounts>;

export function mailboxesState(pbx: Pbx): MailboxesState {
  return pbx.part<MailboxesState>('mailboxes', () => ({}));
}

/** Counts of a mailbox; without a context it is in `default`, and one that is not there is empty. */
export function mailboxCounts(pbx: Pbx, mailbox: string): Readonly<MailboxCounts> {
  const full = mailbox.includes('@') ? mailbox : `${mailbox}@default`;
  return mailboxesState(pbx)[full] ?? { urgent: 0, fresh: 0, old: 0 };
}
