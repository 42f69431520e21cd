import { type Phrase, present } from '../phrase.ts';
import type { ConfigChanges } from '../stage.ts';

/** What happens to the PBX as a whole. */
export const PBX_PHRASES: readonly Phrase[] = [
  {
    pattern: 'pbx restarts [gracefully !gracefully]',
    example: 'pbx restarts',
    make: (slots) =>
      present({
        do: 'pbx-restarts' as const,
        gracefully: slots.has('gracefully') ? (true as const) : undefined,
      }),
  },
  { pattern: 'pbx stops', example: 'pbx stops', make: () => ({ do: 'pbx-stops' }) },
  { pattern: 'pbx is killed', example: 'pbx is killed', make: () => ({ do: 'pbx-is-killed' }) },
  { pattern: 'pbx starts', example: 'pbx starts', make: () => ({ do: 'pbx-starts' }) },
  {
    pattern: 'pbx reloads [<module>]',
    example: 'pbx reloads manager',
    make: (slots) => present({ do: 'pbx-reloads' as const, module: slots.maybe('module') }),
  },
  {
    pattern: 'pbx changes <file>',
    example: 'pbx changes manager.conf: {general: {enabled: no}, panel: remove}',
    value: { kind: 'changes', required: true },
    make: (slots, changes: ConfigChanges) => ({ do: 'pbx-changes', file: slots.text('file'), changes }),
  },
];
