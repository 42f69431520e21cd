import type { Pbx } from './pbx.ts';

/** A version 4 UUID from the PBX's seed. */
export function randomUuid(pbx: Pbx): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(pbx.random() * 16).toString(16));
  digits[12] = '4';
  digits[16] = (8 + Math.floor(pbx.random() * 4)).toString(16);
  const text = digits.join('');
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}
