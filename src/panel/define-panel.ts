import { DeskPhone } from './desk-phone.ts';
import { LoginForm } from './login-form.ts';
import { OperatorPanel } from './operator-panel.ts';
import { PanelApp } from './panel-app.ts';
import { PhoneDisplay } from './phone-display.ts';
import { PhoneWall } from './phone-wall.ts';
import { ShortcutHelp } from './shortcut-help.ts';
import { StatusBar } from './status-bar.ts';

const ELEMENTS = {
  'panel-app': PanelApp,
  'panel-login': LoginForm,
  'panel-operator': OperatorPanel,
  'panel-phone-wall': PhoneWall,
  'panel-desk-phone': DeskPhone,
  'panel-phone-display': PhoneDisplay,
  'panel-shortcuts': ShortcutHelp,
  'panel-status': StatusBar,
} as const;

/** Makes the page's own elements known. */
export function definePanel(): void {
  for (const [tag, element] of Object.entries(ELEMENTS)) customElements.define(tag, element);
}
