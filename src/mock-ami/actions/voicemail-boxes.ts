import type { Header } from '../../ami/message.ts';
import type { MailboxConf } from '../config/voicemail-conf.ts';
import { calendarTime } from '../dialplan/calendar.ts';
import { formatTime } from '../dialplan/functions/format-time.ts';
import {
  addMessage,
  MAIL_FOLDERS,
  type MailFolder,
  type MailMessage,
  mailboxCounts,
  messagesIn,
  moveMessage,
  removeMessages,
} from '../pbx/mailbox-counts.ts';
import { findMailbox } from '../pbx/voicemail/find-mailbox.ts';
import { tellMessageWaiting } from '../pbx/voicemail/message-waiting.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered, ListItem } from './action-request.ts';

/** What these handlers have for the row of the ActionID, in bytes. */
const ID_BUFFER = 128;

/** Actions of app_voicemail. Source: apps/app_voicemail.c; recording `voicemail-mwi`. */
export const voicemailActions: ActionHandlers = {
  VoicemailUsersList: (request) => {
    const { mailboxes } = request.pbx.config.voicemail;
    if (mailboxes.length === 0) return request.success('There are no voicemail users currently defined.');
    return request.list({
      message: 'Voicemail user list will follow',
      items: mailboxes.map((box) => userRow(request, box, 'VoicemailUserEntry')),
      complete: 'VoicemailUserEntryComplete',
      idBuffer: ID_BUFFER,
      actionIdStands: 'second',
    });
  },
  VoicemailUserStatus: (request) =>
    withMailbox(request, 'There is no voicemail user of the given info.', (box) =>
      request.list({
        message: 'Voicemail user detail will follow',
        items: [userRow(request, box, 'VoicemailUserDetail')],
        complete: 'VoicemailUserDetailComplete',
        idBuffer: ID_BUFFER,
        actionIdStands: 'second',
      }),
    ),
  VoicemailBoxSummary: (request) =>
    withMailbox(request, 'There is no voicemail user matching the given user.', (box) =>
      request.list({
        message: 'Voicemail box detail will follow',
        items: messagesIn(request.pbx, `${box.mailbox}@${box.context}`).map(messageRow),
        complete: 'VoicemailBoxDetailComplete',
        idBuffer: ID_BUFFER,
        actionIdStands: 'second',
      }),
    ),
  VoicemailRefresh: (request) => request.success('Refresh sent'),
  VoicemailRemove: (request) =>
    withMessage(request, [], 'Message remove', ({ name, message }) => {
      removeMessages(request.pbx, name, [message.id]);
      return [name];
    }),
  VoicemailMove: (request) =>
    withMessage(request, ['ToFolder'], 'Message move', ({ name, message }) => {
      const folder = folderNamed(request.header('ToFolder'));
      if (folder === undefined) return undefined;
      moveMessage(request.pbx, name, message.id, folder);
      return [name];
    }),
  VoicemailForward: (request) =>
    withMessage(request, ['ToMailbox', 'ToContext', 'ToFolder'], 'Message forward', ({ message }) => {
      const folder = folderNamed(request.header('ToFolder'));
      const to = findMailbox(request.pbx, `${request.header('ToMailbox')}@${request.header('ToContext')}`);
      if (folder === undefined || to === undefined) return undefined;
      const name = `${to.mailbox}@${to.context}`;
      const { callerId, durationS } = message;
      const copy = addMessage(request.pbx, name, { callerId, durationS });
      moveMessage(request.pbx, name, copy.id, folder);
      return [name];
    }),
};

/**
 * Does something with one message that the headers name; `what` gives the mailboxes that are not as before, `undefined` where it could not.
 * A failure is answered as a success is, but for its words, which end with a line feed of their own. Source: `manager_voicemail_move`, apps/app_voicemail.c.
 */
function withMessage(
  request: ActionRequest,
  more: readonly string[],
  subject: string,
  what: (found: { name: string; message: MailMessage }) => readonly string[] | undefined,
): Answered {
  const { pbx } = request;
  const absent = ['Mailbox', 'Context', 'Folder', 'ID', ...more].find((header) => request.header(header) === '');
  if (absent !== undefined) return request.error(`${absent} not specified, required`);
  const name = `${request.header('Mailbox')}@${request.header('Context')}`;
  const folder = folderNamed(request.header('Folder'));
  const message = messagesIn(pbx, name).find((each) => each.id === request.header('ID') && each.folder === folder);
  const changed = message === undefined ? undefined : what({ name, message });
  request.success(`${subject} ${changed === undefined ? 'failed' : 'successful'}\n`);
  for (const mailbox of changed ?? []) tellMessageWaiting(pbx, mailbox);
  return 'answered';
}

function folderNamed(text: string): MailFolder | undefined {
  return MAIL_FOLDERS.find((folder) => folder.toLowerCase() === text.toLowerCase());
}

/** Finding nobody is no error. Source: `manager_status_voicemail_user`, `manager_get_mailbox_summary`, apps/app_voicemail.c. */
function withMailbox(request: ActionRequest, nobody: string, what: (box: MailboxConf) => Answered): Answered {
  const context = request.header('Context');
  const mailbox = request.header('Mailbox');
  if (context === '' || mailbox === '') return request.error("Need 'Context' and 'Mailbox' parameters.");
  const box = findMailbox(request.pbx, `${mailbox}@${context}`);
  return box === undefined ? request.success(nobody) : what(box);
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
