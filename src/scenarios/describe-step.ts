import { formatDuration } from './duration.ts';
import { sayFault } from './phrases/fault-phrases.ts';
import type { Millis, Order, Step } from './types.ts';
import { inQuotes, writtenWord } from './words.ts';

/** The step as it is said, without what stands after a colon. The parser makes the same step of it. */
export function describeStep(step: Step): string {
  switch (step.do) {
    case 'dial':
      return says(step.phone, 'dials', step.number, step.as && 'from', quoted(step.as?.name), angle(step.as?.number));
    case 'answer':
      return says(step.phone, 'answers', step.other);
    case 'hang-up':
      return says(step.phone, 'hangs up', step.other);
    case 'hold':
      return says(step.phone, 'holds', step.other);
    case 'resume':
      return says(step.phone, 'resumes', step.other);
    case 'hang-up-all':
      return says(step.phone, 'hangs up all');
    case 'unregister':
      return says(step.phone, 'unregisters');
    case 'die':
      return says(step.phone, 'dies');
    case 'reject':
      return says(step.phone, 'rejects', String(step.reason), step.other);
    case 'follow':
      return says(step.phone, 'will', describeOrder(step.order));
    case 'transfer':
      return says(step.phone, 'transfers', step.other, 'to', step.to);
    case 'connect':
      return says(step.phone, 'connects', step.one, 'and', step.two);
    case 'press': {
      const digits = step.digits.startsWith('#') ? `"${step.digits}"` : step.digits;
      return says(step.phone, 'presses', digits, prefixed('on', step.other), step.by && 'by INFO');
    }
    case 'speak':
      return says(step.phone, step.on ? 'speaks' : 'is silent');
    case 'register': {
      const expires = step.expiresS === undefined ? undefined : `for ${formatDuration(step.expiresS * 1000)}`;
      return says(step.phone, 'registers', expires, step.wrongPassword && 'with wrong password');
    }
    case 'come-back':
      return says(step.phone, 'comes back', step.port === undefined ? undefined : `at port ${step.port}`);
    case 'client-connects':
      return says(step.client, 'connects');
    case 'stays-away':
      return says(step.client, 'stays away');
    case 'log-off':
      return says(step.client, 'logs off');
    case 'drop':
      return says(step.client, 'drops');
    case 'half-close':
      return says(step.client, 'half-closes');
    case 'stop-reading':
      return says(step.client, 'stops reading');
    case 'read-again':
      return says(step.client, 'reads again');
    case 'log-in': {
      const secret = prefixed('with secret', step.secret);
      return says(step.client, 'logs in as', writtenWord(step.user), secret, prefixed('with events', step.events));
    }
    case 'send': {
      const flags = [step.withoutActionId && 'without ActionID', step.withoutWaiting && 'without waiting'];
      return says(step.client, 'sends', writtenWord(step.action), prefixed('as', step.as), ...flags);
    }
    case 'send-raw': {
      const every = step.byteEvery === undefined ? undefined : `byte by byte every ${time(step.byteEvery)}`;
      return says(step.client, 'sends raw', step.latin1 && 'latin1', every);
    }
    case 'pbx-restarts':
      return says('pbx restarts', step.gracefully && 'gracefully');
    case 'pbx-stops':
      return 'pbx stops';
    case 'pbx-is-killed':
      return 'pbx is killed';
    case 'pbx-starts':
      return 'pbx starts';
    case 'pbx-reloads':
      return says('pbx reloads', step.module);
    case 'pbx-changes':
      return says('pbx changes', step.file);
    case 'fault':
      return sayFault(step);
    case 'recover':
      return says('pbx recovers', prefixed('from', step.fault));
    case 'wait':
      return says('wait', time(step.for));
    case 'wait-until':
      return says('wait until', step.who, 'is', step.is, within(step));
    case 'wait-for-event':
      return says('wait for event', step.event, prefixed('as', step.as), within(step));
    case 'together':
      return 'together';
    case 'sequence':
      return 'one after the other';
    case 'repeat':
      return says('repeat', String(step.times));
    case 'expect-lamp':
      return says('expect lamp', step.phone, step.lamp, within(step));
    case 'expect-action':
      return says('expect action', step.action, within(step));
  }
}

function describeOrder(order: Order): string {
  switch (order.kind) {
    case 'nothing-special':
      return 'do nothing special';
    case 'silent':
      return 'not respond';
    case 'ring':
      return says('only ring', after(order.ringAfter));
    case 'answer':
      if (order.ringAfter === 0) return says('answer', after(order.after));
      return says('ring', `${after(order.ringAfter)},`, 'then answer', after(order.after));
    case 'reject': {
      const rejects = says('reject', String(order.reason), after(order.after));
      if (order.ringAfter === undefined) return rejects;
      return `${says('ring', after(order.ringAfter))}, then ${rejects}`;
    }
    case 'forward': {
      const forwards = says('forward to', order.to, after(order.after));
      if (order.ringAfter === undefined) return forwards;
      return `${says('ring', after(order.ringAfter))}, then ${forwards}`;
    }
  }
}

function says(...words: readonly (string | false | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== false && word !== '').join(' ');
}

function prefixed(prefix: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${prefix} ${writtenWord(text)}`;
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : inQuotes(text);
}

function angle(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `<${text}>`;
}

function time(millis: Millis): string {
  return typeof millis === 'number' ? formatDuration(millis) : millis;
}

function after(millis: Millis): string {
  return millis === 0 ? '' : `after ${time(millis)}`;
}

function within(step: { readonly within?: Millis }): string | undefined {
  return step.within === undefined ? undefined : `within ${time(step.within)}`;
}
