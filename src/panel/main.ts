import { defineElements } from '../client/elements/define-elements.ts';
import { definePanel } from './define-panel.ts';

defineElements();
definePanel();
