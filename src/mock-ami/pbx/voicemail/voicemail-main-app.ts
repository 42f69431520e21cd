import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { argumentsOf, finishApplication } from '../dialplan-run.ts';
import { messagesIn, removeMessages } from '../mailbox-counts.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { answerChannel } from '../technology.ts';
import { findMailbox } from './find-mailbox.ts';
import { tellMessageWaiting } from './message-waiting.ts';

const HEARING = 'hearingMessages';

interface HearingData {
  /** '' until it is said which. */
  mailbox: string;
  /** Password (and mailbox) are known to be right. */
  inside: boolean;
  typed: string;
  triesLeft: number;
  /** Ids of the messages that are looked through. */
  messages: string[];
  /** Index of the one that plays; -1: none yet. */
  at: number;
  heard: string[];
  deleted: string[];
}

function open(pbx: Pbx, data: HearingData): void {
  data.inside = true;
  const all = messagesIn(pbx, data.mailbox);
  const fresh = all.filter(({ folder }) => folder !== 'Old');
  data.messages = (fresh.length > 0 ? fresh : all).map(({ id }) => id);
}

/** `VoiceMailMain(1002@default,s)`: the caller hears the messages; `s` asks for no password. */
function voicemailMain(pbx: Pbx, channel: Channel, args: string): ApplicationResult {
  const [name = '', options = ''] = argumentsOf(args);
  if (channel.state !== 'Up') answerChannel(pbx, channel);
  const box = findMailbox(pbx, name);
  const data: HearingData = {
    mailbox: box === undefined ? '' : `${box.mailbox}@${box.context}`,
    inside: false,
    typed: '',
    triesLeft: pbx.config.voicemail.maxLogins,
    messages: [],
    at: -1,
    heard: [],
    deleted: [],
  };
  if (box !== undefined && options.includes('s')) open(pbx, data);
  beginActivity(channel, HEARING, data);
  return 'wait';
}

/** Digits up to `#`: the mailbox where none is known, then its password. */
function logsIn(pbx: Pbx, channel: Channel, data: HearingData, digit: string): void {
  if (digit !== '#') {
    data.typed += digit;
    return;
  }
  const { typed } = data;
  data.typed = '';
  if (data.mailbox === '') {
    data.mailbox = `${typed}@default`;
    return;
  }
  if (findMailbox(pbx, data.mailbox)?.password === typed) return open(pbx, data);
  data.mailbox = '';
  if (--data.triesLeft === 0) finishApplication(pbx, channel.uniqueid, 'hangup');
}

function play(data: HearingData, at: number): void {
  const id = data.messages[at];
  if (id === undefined) return;
  data.at = at;
  if (!data.heard.includes(id)) data.heard.push(id);
}

/** Keys of the menu. Source: `vm_execmain`, apps/app_voicemail.c. */
function menu(pbx: Pbx, channel: Channel, data: HearingData, digit: string): void {
  const current = data.messages[data.at];
  if (digit === '1' && data.at < 0) play(data, 0);
  else if (digit === '4') play(data, data.at - 1);
  else if (digit === '6') play(data, data.at + 1);
  else if (digit === '7' && current !== undefined) {
    const deleted = data.deleted.includes(current);
    data.deleted = deleted ? data.deleted.filter((id) => id !== current) : [...data.deleted, current];
  } else if (digit === '#') {
    close(pbx, channel, data);
    finishApplication(pbx, channel.uniqueid, 'next');
  }
}

/** What was deleted is gone, what was heard is old. */
function close(pbx: Pbx, channel: Channel, data: HearingData): void {
  if (!data.inside) return;
  for (const message of messagesIn(pbx, data.mailbox)) if (data.heard.includes(message.id)) message.folder = 'Old';
  removeMessages(pbx, data.mailbox, data.deleted);
  tellMessageWaiting(pbx, data.mailbox, channel);
}

export const hearingActivity: ActivityHandler = {
  name: HEARING,
  hungUp: (pbx, channel) => {
    const data = activityData<HearingData>(channel, HEARING);
    if (data === undefined) return;
    close(pbx, channel, data);
    finishApplication(pbx, channel.uniqueid, 'hangup');
  },
  digit: (pbx, channel, digit) => {
    const data = activityData<HearingData>(channel, HEARING);
    if (data === undefined) return;
    if (data.inside) menu(pbx, channel, data, digit);
    else logsIn(pbx, channel, data, digit);
  },
};

export const hearingApplications: Readonly<Record<string, Application>> = { voicemailmain: voicemailMain };
