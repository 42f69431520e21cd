import type { StageError, StandingOrder } from '../../src/scenarios/stage.ts';
import type { Order, PhoneStep, Step } from '../../src/scenarios/types.ts';
import type { Office } from './office.ts';

/**
 * Does one step of a scenario at once; of the steps of the language, those that compositions are made of.
 * False where a person could not do that (a StageError).
 */
export function doStep(office: Office, step: Step): boolean {
  if (step.do === 'wait') office.clock.advance(Number(step.for));
  else if (step.do === 'send') {
    const headers = step.headers.map(([name, value]) => [name, filled(office, value)] as const);
    if (headers.some(([, value]) => value === '')) return false;
    const client = office.clients.find(({ user }) => user === step.client);
    client?.send(step.action, headers);
    office.clock.advance(1);
  } else if (step.do === 'pbx-reloads') {
    office.stage.pbx.reload(step.module);
    office.clock.advance(1);
  } else if ('phone' in step && step.do !== 'expect-lamp') return atPhone(office, step);
  else throw new Error(`no composition has a step ${step.do}`);
  return true;
}

function atPhone({ stage }: Office, step: PhoneStep): boolean {
  try {
    phoneDoes(stage.phone(step.phone), step);
    return true;
  } catch (error) {
    if ((error as StageError).name === 'StageError') return false;
    throw error;
  }
}

function phoneDoes(phone: ReturnType<Office['stage']['phone']>, step: PhoneStep): void {
  switch (step.do) {
    case 'dial':
      return phone.dial(step.number, step.as);
    case 'answer':
      return phone.answer(step.other);
    case 'hang-up':
      return phone.hangUp(step.other);
    case 'hang-up-all':
      return phone.hangUpAll();
    case 'hold':
      return phone.hold(step.other);
    case 'resume':
      return phone.resume(step.other);
    case 'reject':
      return phone.reject(step.reason, step.other);
    case 'follow':
      return phone.follow(standingOrder(step.order));
    case 'transfer':
      return phone.transfer(step.other, step.to);
    case 'connect':
      return phone.connect(step.one, step.two);
    case 'press':
      return phone.press(step.digits, {
        ...(step.by === undefined ? {} : { by: step.by }),
        ...(step.other === undefined ? {} : { other: step.other }),
      });
    case 'speak':
      return phone.speak(step.on);
    case 'register':
      return phone.register({
        ...(step.expiresS === undefined ? {} : { expiresS: Number(step.expiresS) }),
        ...(step.wrongPassword === undefined ? {} : { wrongPassword: true }),
      });
    case 'come-back':
      return phone.register(step.port === undefined ? {} : { port: Number(step.port) });
    case 'unregister':
      return phone.unregister();
    case 'die':
      return phone.die();
  }
}

function standingOrder(order: Order): StandingOrder | undefined {
  if (order.kind === 'nothing-special') return undefined;
  if (order.kind === 'silent') return { silent: true };
  if (order.kind === 'ring') return { ringAfterMs: Number(order.ringAfter) };
  const afterMs = Number(order.after);
  if (order.kind === 'forward') return { then: { kind: 'forward', to: order.to, afterMs } };
  if (order.kind === 'answer') return { ringAfterMs: Number(order.ringAfter), then: { kind: 'answer', afterMs } };
  return { then: { kind: 'reject', reason: order.reason, afterMs } };
}

/** `${channel of 1001}`: the newest channel of that phone; '' where it never had one. */
function filled({ stage }: Office, value: string): string {
  return value.replace(/\$\{channel of (\w+)\}/g, (_all, phone: string) => stage.newestChannelOf(phone) ?? '');
}
