import { type ActivityHandler, activityData, beginActivity } from '../activity.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { applicationDone, argumentsOf, finishApplication } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';

const SAYING = 'saying';
/** One spoken digit, letter or word, roughly. */
const WORD_MS = 500;
/** Between the digits of SendDTMF, and how long each sounds, by default. Source: apps/app_senddtmf.c. */
const SEND = { gapMs: 250, digitMs: 100 } as const;

function busyFor(pbx: Pbx, channel: Channel, ms: number): ApplicationResult {
  const timer = pbx.after(ms, applicationDone, { channel: channel.uniqueid, result: 'next' });
  beginActivity(channel, SAYING, { timer });
  return 'wait';
}

function say(wordsOf: (text: string) => number): Application {
  return (pbx, channel, args) => busyFor(pbx, channel, wordsOf(argumentsOf(args)[0] ?? '') * WORD_MS);
}

/** Applications that speak, or send tones, for as long as it takes. */
export const sayApplications: Readonly<Record<string, Application>> = {
  saydigits: say((text) => text.length),
  sayalpha: say((text) => text.length),
  sayphonetic: say((text) => text.length),
  saynumber: say((text) => Math.max(1, text.length)),
  sayunixtime: say(() => 8),
  senddtmf: (pbx, channel, args) => {
    const [digits = '', gap = '', digit = ''] = argumentsOf(args);
    const gapMs = gap === '' ? SEND.gapMs : Number(gap) || SEND.gapMs;
    const digitMs = digit === '' ? SEND.digitMs : Number(digit) || SEND.digitMs;
    // Nothing tells of a digit that the PBX sends of its own accord. Source: recording `playdtmf-senddtmf`.
    return busyFor(pbx, channel, digits.length * (digitMs + gapMs));
  },
};

export const sayingActivity: ActivityHandler = {
  name: SAYING,
  hungUp: (pbx, channel) => {
    pbx.cancel(activityData<{ timer: number }>(channel, SAYING)?.timer);
    finishApplication(pbx, channel.uniqueid, 'hangup');
  },
};
