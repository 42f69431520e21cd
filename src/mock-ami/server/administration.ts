import type { StagePbx } from '../../scenarios/stage.ts';

/** What actions may do to the PBX as a whole: its files, and its power switch. Given by whoever owns them. */
export interface Administration {
  /** Configuration files by name; what is written counts at the next reload. */
  readonly files: Map<string, string>;
  readonly power: Pick<StagePbx, 'reload' | 'restart' | 'stop'>;
}
