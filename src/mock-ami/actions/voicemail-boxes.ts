import type { Header } from '../../ami/message.ts';
import type { MailboxConf } from '../config/voicemail-conf.ts';
import { calendarTime } from '../dialplan/calendar.ts';
import { formatTime } from '../dialplan/functions/format-time.ts';
import { type MailMessage, mailboxCounts, messagesIn, removeMessages } from '../pbx/mailbox-counts.ts';
import { findMailbox } from '../pbx/voicemail/find-mailbox.ts';
import { tellMessageWaiting } from '../pbx/voicemail/message-waiting.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered, ListItem } from './action-request.ts';

/** Actions of app_voicemail. Source: apps/app_voicemail.c; recording `voicemail-mwi`. */
export const voicemailActions: ActionHandlers = {
  VoicemailUsersList: (request) => {
    const { mailboxes } = request.pbx.config.voicemail;
    if (mailboxes.length === 0) return request.error('There are no voicemail users currently defined.');
    return request.list({
      message: 'Voicemail user list will follow',
      items: mailboxes.map((box) => userRow(request, box, 'VoicemailUserEntry')),
      complete: 'VoicemailUserEntryComplete',
      actionIdStands: 'second',
    });
  },
  VoicemailUserStatus: (request) =>
    withMailbox(request, (box) =>
      request.list({
        message: 'Voicemail user detail will follow',
        items: [userRow(request, box, 'VoicemailUserDetail')],
        complete: 'VoicemailUserDetailComplete',
        actionIdStands: 'second',
      }),
    ),
  VoicemailBoxSummary: (request) =>
    withMailbox(request, (box) =>
      request.list({
        message: 'Voicemail box detail will follow',
        items: messagesIn(request.pbx, `${box.mailbox}@${box.context}`).map(messageRow),
        complete: 'VoicemailBoxDetailComplete',
        actionIdStands: 'second',
      }),
    ),
  VoicemailRefresh: (request) => request.success('Refresh sent'),
  VoicemailRemove: (request) =>
    withMailbox(request, (box) => {
      const name = `${box.mailbox}@${box.context}`;
      const id = request.header('ID');
      if (!messagesIn(request.pbx, name).some((message) => message.id === id))
        return request.error('Message not found');
      removeMessages(request.pbx, name, [id]);
      request.success('Message remove successful');
      tellMessageWaiting(request.pbx, name);
      return 'answered';
    }),
};

function withMailbox(request: ActionRequest, what: (box: MailboxConf) => Answered): Answered {
  const context = request.header('Context');
  const mailbox = request.header('Mailbox');
  if (context === '' || mailbox === '') return request.error('Need a Context and a Mailbox');
  const box = findMailbox(request.pbx, `${mailbox}@${context}`);
  return box === undefined ? request.error('There are no voicemail users matching the criteria.') : what(box);
}

function yes(value: boolean): string {
  return value ? 'Yes' : 'No';
}

function userRow(request: ActionRequest, box: MailboxConf, event: string): ListItem {
  const { voicemail } = request.pbx.config;
  const { fresh, old } = mailboxCounts(request.pbx, `${box.mailbox}@${box.context}`);
  const headers: Header[] = [
    ['VMContext', box.context],
    ['VoiceMailbox', box.mailbox],
    ['Fullname', box.fullName],
    ['Email', box.email === '' ? '(null)' : box.email],
    ['Pager', box.pager],
    ['ServerEmail', voicemail.serverEmail],
    ['FromString', voicemail.fromString],
    ['MailCommand', voicemail.mailCommand],
    ['Language', box.language],
    ['TimeZone', box.timeZone],
    ['Callback', box.callback],
    ['Dialout', box.dialout],
    ['UniqueID', ''],
    ['ExitContext', box.exitContext],
    ['SayDurationMinimum', String(box.sayDurationMinimumMin)],
    ['SayEnvelope', yes(box.sayEnvelope)],
    ['SayCID', yes(box.sayCallerId)],
    ['AttachMessage', yes(box.attach)],
    ['AttachmentFormat', ''],
    ['DeleteMessage', yes(box.deleteAfterMail)],
    ['VolumeGain', '0.00'],
    ['CanReview', yes(box.review)],
    ['CanMarkUrgent', 'Yes'],
    ['CallOperator', yes(box.operator)],
    ['MaxMessageCount', String(box.maxMessages)],
    ['MaxMessageLength', String(box.maxMessageS)],
    ['NewMessageCount', String(fresh)],
    ['OldMessageCount', String(old)],
  ];
  return { event, headers };
}

function messageRow(message: MailMessage): ListItem {
  const date = formatTime('%a %b %e %r UTC %Y', calendarTime(message.savedMs), message.savedMs);
  return {
    event: 'VoicemailBoxDetail',
    headers: [
      ['Folder', message.folder],
      ['CallerID', message.callerId],
      ['Date', date],
      ['Duration', String(message.durationS)],
      ['Flag', message.folder === 'Urgent' ? 'Urgent' : ''],
      ['ID', message.id],
    ],
  };
}
