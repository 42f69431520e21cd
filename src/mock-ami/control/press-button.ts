import { type RejectReason, type Stage, StageError, type StagePhone } from '../../scenarios/stage.ts';
import type { ControlPbxRequest, ControlRequest } from './wire.ts';

const REASONS: readonly string[] = ['busy', 'declined', 'unavailable', 'not-found', 'gone', 'not-acceptable'];

/**
 * Does what the button says.
 * @throws StageError where that is not possible now
 */
export function pressButton(stage: Stage, request: ControlRequest | ControlPbxRequest): void {
  if (request.do === 'restart') stage.pbx.restart();
  else press(stage.phone(request.phone), request);
}

function press(phone: StagePhone, request: ControlRequest): void {
  switch (request.do) {
    case 'dial':
      phone.dial(request.number);
      break;
    case 'answer':
      phone.answer(request.other);
      break;
    case 'hangUp':
      phone.hangUp(request.other);
      break;
    case 'hold':
      phone.hold(request.other);
      break;
    case 'resume':
      phone.resume(request.other);
      break;
    case 'reject':
      phone.reject(reasonOf(request.reason ?? 'declined'), request.other);
      break;
    case 'transfer':
      phone.transfer(request.other, request.to);
      break;
    case 'connect':
      phone.connect(request.one, request.two);
      break;
    case 'press':
      phone.press(request.digits, request.other === undefined ? {} : { other: request.other });
      break;
    case 'register':
      phone.register();
      break;
    case 'unregister':
      phone.unregister();
  }
}

/** A word, or a SIP code of 3xx to 6xx. */
function reasonOf(text: string): RejectReason | number {
  if (/^[3-6]\d\d$/.test(text)) return Number(text);
  if (REASONS.includes(text)) return text as RejectReason;
  throw new StageError(
    'STAGE_NOT_POSSIBLE',
    `a call can't be rejected as '${text}'; there are ${REASONS.join(', ')}, or a SIP code`,
  );
}
