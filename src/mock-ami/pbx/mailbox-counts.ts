import { own } from './own.ts';
import type { Pbx } from './pbx.ts';

/** Where a message lies. */
export type MailFolder = (typeof MAIL_FOLDERS)[number];

/** Source: `mailbox_folders`, apps/app_voicemail.c. */
export const MAIL_FOLDERS = [
  'INBOX', 'Old', 'Work', 'Family', 'Friends', 'Cust1', 'Cust2', 'Cust3', 'Cust4', 'Cust5', 'Deleted', 'Urgent',
] as const; // biome-ignore format: a list

/** One message in a mailbox; plain data. */
export interface MailMessage {
  /** Time of its end in seconds, and a running number. */
  readonly id: string;
  folder: MailFolder;
  readonly callerId: string;
  readonly savedMs: number;
  readonly durationS: number;
}

interface MailboxesState {
  /** By `1002@default`, in the order they came; what is absent has none. */
  messages: Record<string, MailMessage[]>;
  nextSerial: number;
}

/** Messages in a mailbox, as actions and MessageWaiting count them. */
export interface MailboxCounts {
  readonly urgent: number;
  /** In INBOX, not heard yet. */
  readonly fresh: number;
  readonly old: number;
}

function mailboxes(pbx: Pbx): MailboxesState {
  return pbx.part<MailboxesState>('mailboxes', () => ({ messages: {}, nextSerial: 0 }));
}

/** Without a context a mailbox is in `default`. */
export function fullMailbox(mailbox: string): string {
  return mailbox.includes('@') ? mailbox : `${mailbox}@default`;
}

/** The messages of a mailbox, oldest first; one that is not there is empty. */
export function messagesIn(pbx: Pbx, mailbox: string): readonly MailMessage[] {
  return own(mailboxes(pbx).messages, fullMailbox(mailbox)) ?? [];
}

export function mailboxCounts(pbx: Pbx, mailbox: string): MailboxCounts {
  const all = messagesIn(pbx, mailbox);
  const of = (folder: MailFolder): number => all.filter((message) => message.folder === folder).length;
  return { urgent: of('Urgent'), fresh: of('INBOX'), old: of('Old') };
}

/** Puts a new message into the mailbox. Nothing is told. */
export function addMessage(pbx: Pbx, mailbox: string, message: { callerId: string; durationS: number }): MailMessage {
  const state = mailboxes(pbx);
  const full = fullMailbox(mailbox);
  const id = `${Math.floor(pbx.now / 1000)}-${(state.nextSerial++).toString(16).padStart(8, '0')}`;
  const added: MailMessage = { id, folder: 'INBOX', savedMs: pbx.now, ...message };
  state.messages[full] = [...messagesIn(pbx, full), added];
  return added;
}

/** Takes messages away for good. Nothing is told. */
export function removeMessages(pbx: Pbx, mailbox: string, ids: readonly string[]): void {
  mailboxes(pbx).messages[fullMailbox(mailbox)] = messagesIn(pbx, mailbox).filter(({ id }) => !ids.includes(id));
}

/** Puts a message into another folder. Nothing is told. */
export function moveMessage(pbx: Pbx, mailbox: string, id: string, folder: MailFolder): void {
  mailboxes(pbx).messages[fullMailbox(mailbox)] = messagesIn(pbx, mailbox).map((message) =>
    message.id === id ? { ...message, folder } : message,
  );
}
