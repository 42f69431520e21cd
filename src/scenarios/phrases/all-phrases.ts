import type { Phrase } from '../phrase.ts';
import { CLIENT_PHRASES } from './client-phrases.ts';
import { FAULT_PHRASES } from './fault-phrases.ts';
import { PBX_PHRASES } from './pbx-phrases.ts';
import { ORDER_PHRASES, PHONE_PHRASES } from './phone-phrases.ts';
import { BLOCK_PHRASES, WAIT_PHRASES } from './wait-phrases.ts';

/** Every form that a step can have; the first that fits counts. */
export const ALL_PHRASES: readonly Phrase[] = [
  ...PBX_PHRASES,
  ...FAULT_PHRASES,
  ...WAIT_PHRASES,
  ...BLOCK_PHRASES,
  ...PHONE_PHRASES,
  ...ORDER_PHRASES,
  ...CLIENT_PHRASES,
];
