import { count, header } from './event.ts';
import type { Reducer } from './facts.ts';
import { extensionKey } from './model.ts';

/** Extension and device states. The rows of `ExtensionStateList` and `DeviceStateList` have the same names and headers. */
export const LAMP_EVENTS: readonly (readonly [string, Reducer])[] = [
  [
    'ExtensionStatus',
    (draft, event) => {
      const extension = {
        exten: header(event, 'Exten'),
        context: header(event, 'Context'),
        hint: header(event, 'Hint'),
        status: count(event, 'Status'),
        statusText: header(event, 'StatusText'),
      };
      draft.put('extension', extensionKey(extension), extension);
    },
  ],
  [
    'DeviceStateChange',
    (draft, event) => {
      const device = header(event, 'Device');
      draft.put('device', device, { device, state: header(event, 'State') });
    },
  ],
];
