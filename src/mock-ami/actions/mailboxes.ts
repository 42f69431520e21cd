import { mailboxCounts } from '../pbx/mailbox-counts.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

export const mailboxActions: ActionHandlers = { MailboxStatus: mailboxStatus, MailboxCount: mailboxCount };

/** Whether one of the mailboxes, separated by commas, has new messages. Source: `action_mailboxstatus`, main/manager.c; recording `voicemail-mwi`. */
function mailboxStatus(request: ActionRequest): Answered {
  const mailbox = request.header('Mailbox');
  if (mailbox === '') return request.error('Mailbox not specified');
  const waiting = mailbox.split(',').some((name) => {
    const { fresh, urgent } = mailboxCounts(request.pbx, name.trim());
    return fresh + urgent > 0;
  });
  return request.success('Mailbox Status', [
    ['Mailbox', mailbox],
    ['Waiting', waiting ? '1' : '0'],
  ]);
}

/** Source: `action_mailboxcount`, main/manager.c; recording `voicemail-mwi`. */
function mailboxCount(request: ActionRequest): Answered {
  const mailbox = request.header('Mailbox');
  if (mailbox === '') return request.error('Mailbox not specified');
  const { urgent, fresh, old } = mailboxCounts(request.pbx, mailbox);
  return request.success('Mailbox Message Count', [
    ['Mailbox', mailbox],
    ['UrgMessages', String(urgent)],
    ['NewMessages', String(fresh)],
    ['OldMessages', String(old)],
  ]);
}
