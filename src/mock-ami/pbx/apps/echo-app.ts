import { type ActivityHandler, beginActivity } from '../activity.ts';
import type { Application } from '../application.ts';
import { finishApplication } from '../dialplan-run.ts';
import { tellDigitBegin, tellDigitEnd } from '../digit-events.ts';

const ECHOING = 'echoing';

/** `Echo()`: the caller hears itself, keys too, until `#`. Source: `echo_exec`, apps/app_echo.c; `ast_write` tells of each key that is sent back. */
export const echoApplications: Readonly<Record<string, Application>> = {
  echo: (_pbx, channel) => {
    beginActivity(channel, ECHOING, {});
    return 'wait';
  },
};

export const echoingActivity: ActivityHandler = {
  name: ECHOING,
  hungUp: (pbx, channel) => finishApplication(pbx, channel.uniqueid, 'hangup'),
  digitBegins: (pbx, channel, digit) => tellDigitBegin(pbx, channel, digit, 'Sent'),
  digit: (pbx, channel, digit, ms) => {
    tellDigitEnd(pbx, channel, digit, ms, 'Sent');
    if (digit === '#') finishApplication(pbx, channel.uniqueid, 'next');
  },
};
