import type { StandingOrder } from '../stage.ts';
import type { Caller, Order, PhoneStep } from '../types.ts';
import type { Counters, PlayContext } from './play-context.ts';

/** Does at once what a step tells a phone. @throws StageError where a person could not do that */
export function playPhoneStep(step: PhoneStep, context: PlayContext, scope: Counters): void {
  const phone = context.phone(step.phone, scope);
  const other = 'other' in step && step.other !== undefined ? context.number(step.other, scope) : undefined;
  switch (step.do) {
    case 'dial':
      phone.dial(context.number(step.number, scope), step.as && callerOf(step.as, context, scope));
      break;
    case 'answer':
      phone.answer(other);
      break;
    case 'hang-up':
      phone.hangUp(other);
      break;
    case 'hang-up-all':
      phone.hangUpAll();
      break;
    case 'hold':
      phone.hold(other);
      break;
    case 'resume':
      phone.resume(other);
      break;
    case 'reject':
      phone.reject(step.reason, other);
      break;
    case 'follow':
      phone.follow(standingOrder(step.order, context, scope));
      break;
    case 'transfer':
      phone.transfer(context.number(step.other, scope), context.number(step.to, scope));
      break;
    case 'connect':
      phone.connect(context.number(step.one, scope), context.number(step.two, scope));
      break;
    case 'press':
      phone.press(context.fill(step.digits, scope), {
        ...(step.by === undefined ? {} : { by: step.by }),
        ...(other === undefined ? {} : { other }),
      });
      break;
    case 'speak':
      phone.speak(step.on);
      break;
    case 'register':
      phone.register({
        ...(step.expiresS === undefined ? {} : { expiresS: step.expiresS }),
        ...(step.wrongPassword === undefined ? {} : { wrongPassword: true }),
      });
      break;
    case 'unregister':
      phone.unregister();
      break;
    case 'die':
      phone.die();
      break;
    case 'come-back':
      phone.register(step.port === undefined ? {} : { port: step.port });
      break;
  }
}

function callerOf(as: Caller, context: PlayContext, scope: Counters): { name?: string; number?: string } {
  return {
    ...(as.name === undefined ? {} : { name: context.fill(as.name, scope) }),
    ...(as.number === undefined ? {} : { number: context.number(as.number, scope) }),
  };
}

function standingOrder(order: Order, context: PlayContext, scope: Counters): StandingOrder | undefined {
  switch (order.kind) {
    case 'nothing-special':
      return undefined;
    case 'silent':
      return { silent: true };
    case 'ring':
      return { ringAfterMs: context.millis(order.ringAfter, scope) };
    case 'answer':
      return {
        ringAfterMs: context.millis(order.ringAfter, scope),
        then: { kind: 'answer', afterMs: context.millis(order.after, scope) },
      };
    case 'reject':
      return {
        ...(order.ringAfter === undefined ? {} : { ringAfterMs: context.millis(order.ringAfter, scope) }),
        then: { kind: 'reject', reason: order.reason, afterMs: context.millis(order.after, scope) },
      };
    case 'forward':
      return {
        ...(order.ringAfter === undefined ? {} : { ringAfterMs: context.millis(order.ringAfter, scope) }),
        then: { kind: 'forward', to: context.number(order.to, scope), afterMs: context.millis(order.after, scope) },
      };
  }
}
