import type { Command } from 'commander';

/** A subcommand, known by name before its file is loaded, so that `--help` needs none of them. */
export interface Subcommand {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

export const SUBCOMMANDS: readonly Subcommand[] = [];
