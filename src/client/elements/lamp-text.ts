import type { ExtensionView } from '../live/extension-view.ts';
import type { LegView } from '../live/leg-view.ts';

/** What an extension is doing, in words: `On hold, Alice Adams`. */
export function lampText(view: ExtensionView): string {
  const leg = shownLeg(view);
  switch (view.lamp) {
    case 'idle':
      return 'Idle';
    case 'busy':
      return 'Busy';
    case 'unavailable':
      return 'Unavailable';
    case 'unknown':
      return 'Not known';
    case 'ringing':
      return withOther('Ringing,', leg);
    case 'held':
      return leg?.holding ? withOther('Holding', leg) : withOther('On hold,', leg);
    case 'up':
      return leg?.state === 'calling' ? withOther('Calling', leg) : withOther('Talking to', leg, 'In use');
  }
}

const KINDS = { phone: 'Extension', conference: 'Conference', parking: 'Parking space', custom: 'Lamp' } as const;

/** Its name, or what it is. */
export function lampName({ name, kind, extension }: ExtensionView): string {
  return name || (kind === 'phone' ? `${KINDS.phone} ${extension}` : KINDS[kind]);
}

/** The call that a lamp tells of: one that rings, else one that talks, else the oldest. */
export function shownLeg({ lamp, legs }: ExtensionView): LegView | undefined {
  if (lamp === 'ringing') return legs.find(({ state }) => state === 'ringing') ?? legs[0];
  return legs.find(({ holding, held, state }) => !holding && !held && state !== 'ringing') ?? legs[0];
}

function withOther(words: string, leg: LegView | undefined, alone = words.replace(/,$/, '')): string {
  const other = leg && (leg.otherName || leg.otherNumber);
  return other ? `${words} ${other}` : alone;
}
