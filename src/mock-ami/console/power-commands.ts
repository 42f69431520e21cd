import type { ConsoleCommand, ConsoleRequest } from './console-command.ts';

export const powerCommands: readonly ConsoleCommand[] = [
  {
    name: 'core stop now',
    run: alone(({ host }) => host.administration?.power.stop()),
    usage: ['Usage: core stop now', '       Shuts down a running Asterisk immediately, hanging up all active calls .'],
  },
  {
    name: 'core restart now',
    run: alone(({ host }) => host.administration?.power.restart()),
    usage: [
      'Usage: core restart now',
      '       Causes Asterisk to hangup all calls and exec() itself performing a cold restart.',
    ],
  },
  {
    name: 'core restart gracefully',
    run: alone(({ host }) => host.administration?.power.restart({ gracefully: true })),
    usage: [
      'Usage: core restart gracefully',
      '       Causes Asterisk to stop accepting new calls and exec() itself performing a cold',
      '       restart when all active calls have ended.',
    ],
  },
  { name: 'core reload', run: alone(({ host }) => host.administration?.power.reload()) },
  { name: 'manager reload', run: alone(({ host }) => host.administration?.power.reload('manager')) },
  { name: 'dialplan reload', run: alone(({ host }) => host.administration?.power.reload('pbx_config.so')) },
  { name: 'module reload', run: moduleReload },
];

/** A command that takes no more words and prints nothing. */
function alone(run: (request: ConsoleRequest) => void): ConsoleCommand['run'] {
  return (request) => {
    if (request.words.length > 0) return undefined;
    run(request);
    return [];
  };
}

function moduleReload({ host, words }: ConsoleRequest): string[] {
  if (words.length === 0) host.administration?.power.reload();
  for (const word of words) host.administration?.power.reload(word);
  return words.map((word) => `Module '${word}' reloaded successfully.`);
}
