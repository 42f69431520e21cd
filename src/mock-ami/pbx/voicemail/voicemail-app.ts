import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { argumentsOf, finishApplication } from '../dialplan-run.ts';
import { addMessage, messagesIn } from '../mailbox-counts.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { setVariable } from '../variables.ts';
import { findMailbox } from './find-mailbox.ts';
import { tellMessageWaiting } from './message-waiting.ts';

const LEAVING = 'leavingMessage';
const next = task<{ channel: string }>('voicemail.next');

/** From the greeting to the thanks for the message. */
type Stage = 'greeting' | 'beep' | 'recording' | 'thanks';

interface LeavingData {
  readonly mailbox: string;
  /** Who else gets the message. */
  readonly copies: readonly string[];
  stage: Stage;
  recordingSinceMs: number;
  recordedMs: number;
  timer: number;
}

/** Prompts of the core sounds, in ms: who is not there and how to leave a message, the words alone, the beep, and thanks. */
const PROMPT_MS = { greeting: 6500, instructions: 5500, beep: 340, thanks: 1000 } as const;

function voicemail(pbx: Pbx, channel: Channel, args: string): ApplicationResult {
  const [mailboxes = '', options = ''] = argumentsOf(args);
  if (channel.state !== 'Up') answerChannel(pbx, channel);
  const [first = '', ...others] = mailboxes.split('&');
  const box = findMailbox(pbx, first);
  if (box === undefined) {
    setVariable(pbx, channel, 'VMSTATUS', 'FAILED');
    return 'next';
  }
  const greeting = /[bu]/.test(options) ? PROMPT_MS.greeting : 0;
  const instructions = options.includes('s') ? 0 : PROMPT_MS.instructions;
  const data: LeavingData = {
    mailbox: `${box.mailbox}@${box.context}`,
    copies: others,
    stage: 'greeting',
    recordingSinceMs: 0,
    recordedMs: 0,
    timer: 0,
  };
  beginActivity(channel, LEAVING, data);
  data.timer = pbx.after(greeting + instructions, next, { channel: channel.uniqueid });
  return 'wait';
}

/** Beep, recording, its end when nobody speaks any more or the mailbox takes no longer ones, and thanks before it is saved. Source: `ast_play_and_record_full`, main/app.c. */
function advance(pbx: Pbx, channel: Channel, data: LeavingData): void {
  pbx.cancel(data.timer);
  if (data.stage === 'greeting') {
    data.stage = 'beep';
    data.timer = pbx.after(PROMPT_MS.beep, next, { channel: channel.uniqueid });
  } else if (data.stage === 'beep') {
    data.stage = 'recording';
    data.recordingSinceMs = pbx.now;
    const limitMs = recordingLimitMs(pbx, channel, data.mailbox);
    data.timer = limitMs === 0 ? 0 : pbx.after(limitMs, next, { channel: channel.uniqueid });
  } else if (data.stage === 'recording') {
    data.stage = 'thanks';
    data.recordedMs = pbx.now - data.recordingSinceMs;
    data.timer = pbx.after(PROMPT_MS.thanks, next, { channel: channel.uniqueid });
  } else finish(pbx, channel, keep(pbx, channel, data) ? 'SUCCESS' : 'FAILED', 'next');
}

/** 0: for as long as the caller speaks. */
function recordingLimitMs(pbx: Pbx, channel: Channel, mailbox: string): number {
  const { maxSilenceS } = pbx.config.voicemail;
  const speaks = pbx.state.phones[channel.endpoint]?.speaking ?? false;
  const limits = [findMailbox(pbx, mailbox)?.maxMessageS ?? 0, speaks ? 0 : maxSilenceS].filter(
    (seconds) => seconds > 0,
  );
  return limits.length === 0 ? 0 : Math.min(...limits) * 1000;
}

/** Saves what was recorded, and tells of it; false where it is too short or the mailbox is full. Source: `leave_voicemail`, apps/app_voicemail.c. */
function keep(pbx: Pbx, channel: Channel, data: LeavingData): boolean {
  const box = findMailbox(pbx, data.mailbox);
  const durationS = Math.floor(data.recordedMs / 1000);
  const inbox = messagesIn(pbx, data.mailbox).filter(({ folder }) => folder === 'INBOX');
  if (box === undefined || durationS < box.minMessageS || inbox.length >= box.maxMessages) return false;
  const { name, num } = channel.caller;
  const message = { callerId: name === '' ? num : `"${name}" <${num}>`, durationS };
  addMessage(pbx, data.mailbox, message);
  const file = `msg${String(inbox.length).padStart(4, '0')}`;
  const folder = `/var/spool/asterisk/voicemail/${box.context}/${box.mailbox}/INBOX`;
  setVariable(pbx, channel, 'VM_MESSAGEFILE', `${folder}/${file}`);
  for (const copy of data.copies) copyTo(pbx, copy, message, channel);
  tellMessageWaiting(pbx, data.mailbox, channel);
  return true;
}

/** The same message for another box, unless it is full; told before that of the first. Source: `copy_message`, apps/app_voicemail.c. */
function copyTo(pbx: Pbx, mailbox: string, message: { callerId: string; durationS: number }, channel: Channel): void {
  const box = findMailbox(pbx, mailbox);
  if (box === undefined) return;
  const full = `${box.mailbox}@${box.context}`;
  if (messagesIn(pbx, full).filter(({ folder }) => folder === 'INBOX').length >= box.maxMessages) return;
  addMessage(pbx, full, message);
  tellMessageWaiting(pbx, full, channel);
}

function finish(
  pbx: Pbx,
  channel: Channel,
  status: 'SUCCESS' | 'FAILED' | 'USEREXIT',
  result: ApplicationResult,
): void {
  pbx.cancel(activityData<LeavingData>(channel, LEAVING)?.timer);
  setVariable(pbx, channel, 'VMSTATUS', status);
  finishApplication(pbx, channel.uniqueid, result);
}

/** `*` and `0` lead out of the greeting, to the extensions `a` and `o`. */
function leaveFor(pbx: Pbx, channel: Channel, exten: 'a' | 'o'): void {
  if (pbx.find(channel.context, exten, 1, channel.caller.num) === undefined) return;
  channel.exten = exten;
  channel.priority = 1;
  finish(pbx, channel, 'USEREXIT', 'jump');
}

function digitPressed(pbx: Pbx, channel: Channel, digit: string): void {
  const data = activityData<LeavingData>(channel, LEAVING);
  if (data === undefined) return;
  if (digit === '#' && (data.stage === 'greeting' || data.stage === 'recording')) advance(pbx, channel, data);
  else if (data.stage === 'greeting' && digit === '*') leaveFor(pbx, channel, 'a');
  else if (data.stage === 'greeting' && digit === '0') leaveFor(pbx, channel, 'o');
}

export const leavingActivity: ActivityHandler = {
  name: LEAVING,
  hungUp: (pbx, channel) => {
    const data = activityData<LeavingData>(channel, LEAVING);
    if (data === undefined) return;
    if (data.stage === 'recording') data.recordedMs = pbx.now - data.recordingSinceMs;
    const kept = data.recordedMs > 0 && keep(pbx, channel, data);
    finish(pbx, channel, kept ? 'SUCCESS' : 'FAILED', 'hangup');
  },
  digit: digitPressed,
};

export const leavingTasks: readonly TaskHandler[] = [
  handle(next, (pbx, { channel: uniqueid }) => {
    const channel = pbx.channel(uniqueid);
    const data = activityData<LeavingData>(channel, LEAVING);
    if (channel !== undefined && data !== undefined) advance(pbx, channel, data);
  }),
];

/** `VoiceMail(1002@default,u)`: the caller leaves a message. Source: apps/app_voicemail.c; recording `voicemail-mwi`. */
export const leavingApplications: Readonly<Record<string, Application>> = { voicemail };
