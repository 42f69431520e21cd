import { client, phone, wait } from '../../src/scenarios/builder.ts';
import type { Step } from '../../src/scenarios/types.ts';
import type { Dice } from './dice.ts';
import type { PhoneSteps } from './phone-steps.ts';

/** Numbers that take in a transferred call in a way of their own. */
const PLACES = ['500', '501', '610', '620', '662', '668', '680', '681', '700', '750', '643', '667', '600'] as const;
/** The newest channel of that phone, as steps name it. */
const channelOf = (name: string): string => `\${channel of ${name}}`;
const TRANSFER_KEYS = ['*1', '*2', '*3', '*4', '*0'] as const;

/**
 * Steps that belong together, so that compositions come where chance alone seldom does: into the middle of transfers, queues and
 * conferences. Others do something in between; a step that nobody could do by then is left out.
 */
export function story(dice: Dice, phones: PhoneSteps): Step[] {
  const [a, b, c] = [dice.one(phones.phones), dice.one(phones.phones), dice.one(phones.phones)];
  const [at, other, third] = [phone(a), phone(b), phone(c)];
  const admin = client('admin');
  const call = (number = `1${dice.one(['0', '1', '4', '5', '6'])}${b.slice(2)}`): Step[] => [
    at.dials(number),
    other.answers(),
  ];
  const target = dice.one([c, `11${c.slice(2)}`, `14${c.slice(2)}`, dice.one(PLACES)]);
  const maybe = (share: number, ...steps: Step[]): Step[] => (dice.chance(share) ? steps : []);
  switch (dice.below(16)) {
    // Attended transfer by keys, with all their keys.
    case 0:
    case 1:
      return [
        ...call(`11${b.slice(2)}`),
        dice.one([at, other]).presses(`*2${target}`),
        ...maybe(0.7, third.answers()),
        ...Array.from({ length: dice.below(4) }, () => dice.one([at, other]).presses(dice.one(TRANSFER_KEYS))),
        dice.one([at.hangsUp(), other.hangsUp(), third.hangsUp()]),
      ];
    // Attended transfer with a second call.
    case 2:
    case 3:
      return [
        ...call(),
        ...maybe(0.5, other.holds()),
        other.dials(target),
        ...maybe(0.6, third.answers()),
        other.connects(a, target),
      ];
    // Out of a conference, and into one.
    case 4:
      return [
        at.dials('500'),
        other.dials('500'),
        ...maybe(0.5, third.dials('501')),
        other.transfers('500', target),
        third.answers(),
      ];
    // A queue call, and what becomes of it.
    case 5: {
      const queue = dice.one(['610', '620', '621', '622', '623', '624', '625']);
      return [
        admin.sends('QueueAdd', { Queue: 'support', Interface: `PJSIP/${b}` }),
        at.dials(queue),
        other.answers(),
        dice.one([
          other.transfers(a, target),
          other.presses(`*2${target}`),
          other.presses('#72'),
          other.presses(`##${target}`),
        ]),
        ...maybe(0.5, third.answers()),
        ...maybe(0.5, other.presses(dice.one(TRANSFER_KEYS))),
      ];
    }
    // Parked, and taken back.
    case 6:
      return [
        ...call(`11${b.slice(2)}`),
        other.transfers(a, dice.one(['700', '750'])),
        third.dials(dice.one(['701', '751', '702'])),
      ];
    // Parked, and nobody comes.
    case 7:
      return [
        ...call(`11${b.slice(2)}`),
        other.transfers(a, dice.one(['750', '700'])),
        wait(dice.one([1000, 5000])),
        other.answers(),
      ];
    // Sent on by the phone, to another phone.
    case 8:
      return [
        third.will.doNothingSpecial(),
        other.will.forward(c, dice.one([0, 200])),
        at.dials(dice.one([`10${b.slice(2)}`, `13${b.slice(2)}`, `14${b.slice(2)}`, '600', '611'])),
        ...maybe(0.7, third.answers()),
        other.will.doNothingSpecial(),
        ...maybe(0.5, third.transfers(a, target)),
      ];
    // Taken by somebody else, and then transferred.
    case 9:
      return [
        at.dials(dice.one([b, `14${b.slice(2)}`, '600', '610'])),
        third.dials(dice.one(['*8', `*8${b}`])),
        ...maybe(0.5, at.connects(b, target)),
        ...maybe(0.5, third.transfers(a, target)),
      ];
    // A second call comes in, and both others are joined.
    case 10:
      return [
        ...call(),
        third.dials(b),
        ...maybe(0.8, other.holds(a)),
        other.answers(c),
        dice.one([other.connects(a, c), other.connects(c, a), other.hangsUp(c), other.resumes(a)]),
      ];
    // Both sides hold, and one transfers.
    case 11:
      return [
        ...call(),
        at.holds(),
        other.holds(),
        dice.one([at.transfers(b, target), other.transfers(a, target)]),
        ...maybe(0.5, at.resumes()),
      ];
    // Both legs elsewhere at once.
    case 12: {
      const [Channel, ExtraChannel] = [channelOf(a), channelOf(b)];
      const Exten = dice.one(['500', '610', '662', c]);
      return [
        ...call(),
        admin.sends('Redirect', { Channel, ExtraChannel, Context: 'from-phones', Exten, Priority: '1' }),
        ...maybe(0.5, third.dials('500')),
        ...maybe(0.5, at.transfers(b, target)),
      ];
    }
    // A program tells a call what to do, and the caller goes on.
    case 13:
      return [
        at.dials('650'),
        wait(20),
        admin.sends('AGI', { Channel: channelOf(a), Command: `EXEC Dial PJSIP/${b},10`, CommandID: 'one' }),
        ...maybe(0.7, other.answers()),
        admin.sends('AGI', { Channel: channelOf(a), Command: 'EXEC Wait 2', CommandID: 'two' }),
        dice.one([
          other.hangsUp(),
          at.hangsUp(),
          other.transfers(a, target),
          admin.sends('Hangup', { Channel: channelOf(a) }),
        ]),
      ];
    // Members of a queue come, go and pause in the middle of a call.
    case 14: {
      const member = { Queue: 'support', Interface: `PJSIP/${b}` };
      return [
        admin.sends('QueueAdd', member),
        at.dials('610'),
        ...maybe(0.5, admin.sends('QueuePause', { ...member, Paused: 'true' })),
        other.answers(),
        dice.one([
          admin.sends('QueuePause', { ...member, Paused: 'true' }),
          admin.sends('QueueRemove', member),
          other.holds(),
        ]),
        dice.one([other.hangsUp(), at.hangsUp(), other.transfers(a, target)]),
        admin.sends('QueuePause', { ...member, Paused: 'false' }),
      ];
    }
    // An agent and who asks for him.
    default:
      return [
        at.dials('680'),
        other.dials('681'),
        ...maybe(0.5, at.presses('#')),
        other.holds(),
        other.transfers('681', target),
      ];
  }
}
