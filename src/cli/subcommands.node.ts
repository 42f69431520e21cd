import type { Command } from 'commander';

/** A subcommand, known by name before its file is loaded, so that `--help` needs none of them. */
export interface Subcommand {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

export const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: 'demo',
    summary: 'shows it all: a simulated office, the gateway and the panel in one page',
    load: async () => (await import('./demo.node.ts')).demoCommand(),
  },
  {
    name: 'mock',
    summary: 'runs a simulated Asterisk that listens for AMI',
    load: async () => (await import('../mock-ami/command/mock-command.node.ts')).mockCommand(),
  },
  {
    name: 'gateway',
    summary: 'shows a PBX to browsers',
    load: async () => (await import('./gateway.node.ts')).gatewayCommand(),
  },
  {
    name: 'user',
    summary: 'adds, lists and removes users of the gateway',
    load: async () => (await import('./user.node.ts')).userCommand(),
  },
  {
    name: 'play',
    summary: 'plays a scenario on the simulated PBX',
    load: async () => (await import('./play.node.ts')).playCommand(),
  },
  {
    name: 'scenario',
    summary: 'checks and lists scenarios',
    load: async () => (await import('./scenario.node.ts')).scenarioCommand(),
  },
  {
    name: 'fidelity',
    summary: 'compares traces with recordings of a PBX',
    load: async () => (await import('./fidelity.node.ts')).fidelityCommand(),
  },
  {
    name: 'conformance',
    summary: 'compares any manager interface with what Asterisk was recorded to say',
    load: async () => (await import('./conformance.node.ts')).conformanceCommand(),
  },
];
