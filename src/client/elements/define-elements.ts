import { AsterClickCall } from './call.ts';
import { AsterClickCallList } from './call-list.ts';
import { AsterClickDial } from './dial.ts';
import { AsterClickEventLog } from './event-log.ts';
import { AsterClickLamp } from './lamp.ts';
import { AsterClickLight } from './light.ts';
import { AsterClickQueueBoard } from './queue-board.ts';
import { AsterClickSession } from './session.ts';

const ELEMENTS = {
  'asterclick-session': AsterClickSession,
  'asterclick-light': AsterClickLight,
  'asterclick-lamp': AsterClickLamp,
  'asterclick-call': AsterClickCall,
  'asterclick-call-list': AsterClickCallList,
  'asterclick-dial': AsterClickDial,
  'asterclick-queue-board': AsterClickQueueBoard,
  'asterclick-event-log': AsterClickEventLog,
} as const;

type Elements = { [Tag in keyof typeof ELEMENTS]: InstanceType<(typeof ELEMENTS)[Tag]> };

declare global {
  interface HTMLElementTagNameMap extends Elements {}
}

/** Makes the `<asterclick-...>` elements known to the page; once, a second call does nothing. */
export function defineElements(): void {
  for (const [tag, element] of Object.entries(ELEMENTS)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}
