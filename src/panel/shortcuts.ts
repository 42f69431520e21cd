import type { PanelApp } from './panel-app.ts';

export interface Shortcut {
  readonly key: string;
  readonly does: string;
  press(app: PanelApp): void;
}

/** Keys that work anywhere on the page but in a text field. */
export const SHORTCUTS: readonly Shortcut[] = [
  { key: 'd', does: 'Call a number', press: (app) => app.querySelector('asterclick-dial')?.focus() },
  { key: 'l', does: 'Go to the lamps', press: (app) => app.querySelector<HTMLElement>('asterclick-lamp')?.focus() },
  { key: 'c', does: 'Go to the calls', press: (app) => app.querySelector('asterclick-call-list')?.focusFirst() },
  { key: 'p', does: 'Go to the phones', press: (app) => app.querySelector<HTMLElement>('[data-phone]')?.focus() },
  { key: '/', does: 'Filter the events', press: (app) => app.querySelector('asterclick-event-log')?.focusFilter() },
  { key: '?', does: 'Show this list', press: (app) => app.querySelector('panel-shortcuts')?.toggle() },
];

/** Keys of what has the focus; listed for people, handled where they belong. */
export const LOCAL_KEYS: readonly { readonly where: string; readonly keys: readonly (readonly [string, string])[] }[] =
  [
    {
      where: 'On a call',
      keys: [
        ['h', 'Hold, resume'],
        ['t', 'Transfer'],
        ['x', 'Hang up'],
      ],
    },
    {
      where: 'On a phone',
      keys: [
        ['0–9', 'Dial pad'],
        ['Enter', 'Dial, answer'],
        ['h', 'Hold, resume'],
        ['t', 'Transfer'],
        ['x', 'Hang up'],
      ],
    },
    {
      where: 'On a lamp',
      keys: [
        ['← →', 'Next lamp'],
        ['Enter', 'Take its number'],
      ],
    },
  ];

/** The shortcut that a key press means; `undefined` while a person types, or where something nearer has used the key. */
export function shortcutFor(event: KeyboardEvent): Shortcut | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const [target] = event.composedPath();
  if (target instanceof Element && target.matches('input, select, textarea')) return undefined;
  return SHORTCUTS.find(({ key }) => key === event.key);
}
