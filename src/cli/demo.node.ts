import { Command } from 'commander';
import { listenError } from '../mock-ami/command/listen-error.ts';
import { portOption, seedOption } from '../mock-ami/command/options.node.ts';
import { untilStopped } from '../mock-ami/command/until-stopped.node.ts';
import { startDemo } from './demo/demo.node.ts';

interface DemoCommandOptions {
  readonly port: number;
  readonly seed: number;
  readonly quiet?: true;
  readonly json?: true;
}

/** `asterclick demo`: everything on free ports, and one address to open. */
export function demoCommand(): Command {
  return new Command('demo')
    .summary('shows it all: a simulated office, the gateway and the panel in one page')
    .description(
      'Starts a simulated PBX, the gateway and the panel, prints the address of the page, and plays a lively office until Ctrl-C. Phones 1001 and 1002 are left to you.',
    )
    .option('--port <n>', 'of the page; 0: any free one', portOption, 0)
    .option('--seed <n>', 'who works there, and what they do; the same seed, the same office', seedOption, 1)
    .option('--quiet', 'nobody telephones but you')
    .option('--json', 'the address, and the port of AMI, as JSON')
    .action(demo);
}

async function demo({ port, seed, quiet, json }: DemoCommandOptions): Promise<void> {
  const running = await startDemo({ port, seed, quiet: quiet === true }).catch((error: unknown) => {
    throw listenError(error, 'the page', port, '--port');
  });
  const { url, amiPort } = running;
  const stopped = untilStopped();
  process.stdout.write(
    json
      ? `${JSON.stringify({ url, amiPort })}\n`
      : `Open ${url} and press hold on a phone. Ctrl-C ends it.\nAMI is on port ${amiPort}: user admin, secret adminpw.\n`,
  );
  await stopped;
  await running.close();
}
