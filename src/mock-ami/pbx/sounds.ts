/**
 * How long the sounds of Asterisk's core package last, in ms, as they are recorded; others are taken for a second.
 * Source: recordings `dialplan-playback`, `ami-atxfer-cancel`, `park-by-dtmf` (the digits of a space, together).
 */
const SOUND_MS: Readonly<Record<string, number>> = {
  'hello-world': 1402,
  'vm-goodbye': 863,
  beep: 425.5,
  beeperr: 275,
  'tt-monkeys': 16_200,
  'digits/0': 900,
  'digits/1': 800,
  'digits/2': 800,
  'digits/3': 840,
  'digits/4': 840,
  'digits/5': 845,
  'digits/6': 880,
  'digits/7': 900,
  'digits/8': 780,
  'digits/9': 860,
};
const OTHER_SOUND_MS = 1000;

/** A sound for one channel of a bridge lasts so much longer, in ms. Source: recordings `ami-bridge-action`, `ami-atxfer-cancel`. */
const IN_BRIDGE_MS = 85;

/** Milliseconds for which files play, `a&b` one after the other. */
export function soundMs(files: string): number {
  return files
    .split('&')
    .map((file) => SOUND_MS[file] ?? OTHER_SOUND_MS)
    .reduce((sum, ms) => sum + ms, 0);
}

/** As {@link soundMs}, for a channel that sits in a bridge. */
export function soundInBridgeMs(files: string): number {
  return soundMs(files) + IN_BRIDGE_MS;
}

/** Milliseconds for which a number is said digit by digit. */
export function saidDigitsMs(number: string): number {
  return soundMs([...number].map((digit) => `digits/${digit}`).join('&'));
}
