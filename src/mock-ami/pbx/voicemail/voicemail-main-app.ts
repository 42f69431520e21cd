import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { argumentsOf, finishApplication } from '../dialplan-run.ts';
import { messagesIn, removeMessages } from '../mailbox-counts.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { handle, type TaskHandler, task } from '../task.ts';
import { answerChannel } from '../technology.ts';
import { findMailbox } from './find-mailbox.ts';
import { tellMessageWaiting } from './message-waiting.ts';

const HEARING = 'hearingMessages';
const readingIsOver = task<{ channel: string }>('voicemailMain.readingIsOver');
const refusedOnce = task<{ channel: string }>('voicemailMain.refused');
const saidGoodbye = task<{ channel: string }>('voicemailMain.saidGoodbye');

/** What the caller is asked for; `none`: a prompt plays that no key ends. */
type Asked = 'mailbox' | 'password' | 'menu' | 'none';

interface HearingData {
  /** '' until it is said which. */
  mailbox: string;
  /** The dialplan says which mailbox it is: a wrong password asks for the password only. */
  readonly given: boolean;
  asked: Asked;
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
  timer: number;
}

/**
 * In ms: prompts; how long the first digit and the next ones may take; and until the menu, said three times, gives up.
 * Source: `vm_authenticate` and `vm_instructions_en`, apps/app_voicemail.c.
 */
const PROMPT_MS = { ask: 2000, incorrect: 1500, goodbye: 863 } as const;
const FIRST_DIGIT_MS = 10_000;
const NEXT_DIGIT_MS = 2000;
const MENU_MS = 54_000;

function open(pbx: Pbx, channel: Channel, data: HearingData): void {
  data.inside = true;
  const all = messagesIn(pbx, data.mailbox);
  const fresh = all.filter(({ folder }) => folder !== 'Old');
  data.messages = (fresh.length > 0 ? fresh : all).map(({ id }) => id);
  ask(pbx, channel, data, 'menu');
}

/** Waits for the caller: for a number up to `#`, or a key of the menu. */
function ask(pbx: Pbx, channel: Channel, data: HearingData, asked: Exclude<Asked, 'none'>): void {
  data.asked = asked;
  data.typed = '';
  wait(pbx, channel, data, asked === 'menu' ? MENU_MS : PROMPT_MS.ask + FIRST_DIGIT_MS);
}

function wait(pbx: Pbx, channel: Channel, data: HearingData, ms: number): void {
  pbx.cancel(data.timer);
  data.timer = pbx.after(ms, readingIsOver, { channel: channel.uniqueid });
}

/** `VoiceMailMain(1002@default,s)`: the caller hears the messages; `s` asks for no password. */
function voicemailMain(pbx: Pbx, channel: Channel, args: string): ApplicationResult {
  const [name = '', options = ''] = argumentsOf(args);
  if (channel.state !== 'Up') answerChannel(pbx, channel);
  const box = findMailbox(pbx, name);
  const data: HearingData = {
    mailbox: box === undefined ? '' : `${box.mailbox}@${box.context}`,
    given: box !== undefined,
    asked: 'none',
    inside: false,
    typed: '',
    triesLeft: pbx.config.voicemail.maxLogins,
    messages: [],
    at: -1,
    heard: [],
    deleted: [],
    timer: 0,
  };
  beginActivity(channel, HEARING, data);
  if (box !== undefined && options.includes('s')) open(pbx, channel, data);
  else ask(pbx, channel, data, box === undefined ? 'mailbox' : 'password');
  return 'wait';
}

/** The caller has typed a mailbox, its own number where nothing was typed, or a password. */
function readingDone(pbx: Pbx, channel: Channel, data: HearingData): void {
  const { asked, typed } = data;
  if (asked === 'menu') return sayGoodbye(pbx, channel, data);
  if (asked === 'mailbox') {
    const mailbox = typed === '' ? channel.caller.num : typed;
    if (mailbox === '') return finishApplication(pbx, channel.uniqueid, 'next');
    data.mailbox = `${mailbox}@default`;
    return ask(pbx, channel, data, 'password');
  }
  if (findMailbox(pbx, data.mailbox)?.password === typed) return open(pbx, channel, data);
  data.triesLeft--;
  data.asked = 'none';
  data.timer = pbx.after(PROMPT_MS.incorrect, refusedOnce, { channel: channel.uniqueid });
}

function sayGoodbye(pbx: Pbx, channel: Channel, data: HearingData): void {
  pbx.cancel(data.timer);
  data.asked = 'none';
  data.timer = pbx.after(PROMPT_MS.goodbye, saidGoodbye, { channel: channel.uniqueid });
}

/** Digits up to `#`: the mailbox where none is known, then its password. */
function typesNumber(pbx: Pbx, channel: Channel, data: HearingData, digit: string): void {
  if (digit === '#') {
    pbx.cancel(data.timer);
    return readingDone(pbx, channel, data);
  }
  data.typed += digit;
  wait(pbx, channel, data, NEXT_DIGIT_MS);
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
  }
  if (digit === '#') sayGoodbye(pbx, channel, data);
  else wait(pbx, channel, data, MENU_MS);
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
    pbx.cancel(data.timer);
    close(pbx, channel, data);
    finishApplication(pbx, channel.uniqueid, 'hangup');
  },
  digit: (pbx, channel, digit) => {
    const data = activityData<HearingData>(channel, HEARING);
    if (data === undefined || data.asked === 'none') return;
    if (data.asked === 'menu') menu(pbx, channel, data, digit);
    else typesNumber(pbx, channel, data, digit);
  },
};

function withData(what: (pbx: Pbx, channel: Channel, data: HearingData) => void) {
  return (pbx: Pbx, { channel: uniqueid }: { channel: string }): void => {
    const channel = pbx.channel(uniqueid);
    const data = activityData<HearingData>(channel, HEARING);
    if (channel !== undefined && data !== undefined) what(pbx, channel, data);
  };
}

export const hearingTasks: readonly TaskHandler[] = [
  handle(readingIsOver, withData(readingDone)),
  handle(
    refusedOnce,
    withData((pbx, channel, data) => {
      if (data.triesLeft === 0) sayGoodbye(pbx, channel, data);
      else ask(pbx, channel, data, data.given ? 'password' : 'mailbox');
    }),
  ),
  handle(
    saidGoodbye,
    withData((pbx, channel, data) => {
      close(pbx, channel, data);
      finishApplication(pbx, channel.uniqueid, 'next');
    }),
  ),
];

export const hearingApplications: Readonly<Record<string, Application>> = { voicemailmain: voicemailMain };
