import { CliError } from '../mock-ami/command/cli-error.ts';

const CTRL_C = '\u0003';
const ENTER = /[\r\n]/;
const RUB_OUT = /[\b\x7f]/;

/**
 * A secret from a person, who types it twice and sees none of it, or the first line of standard input where that is no terminal.
 * @throws CliError `CLI_BAD_OPTION` where it is empty, or not the same twice
 */
export async function askSecret(prompt: string): Promise<string> {
  const secret = process.stdin.isTTY ? await askTwice(prompt) : await firstLine();
  if (secret === '')
    throw new CliError('CLI_BAD_OPTION', 'the secret is empty; type one, or give it on standard input');
  return secret;
}

async function askTwice(prompt: string): Promise<string> {
  const secret = await typed(`${prompt}: `);
  if ((await typed('The same again: ')) !== secret)
    throw new CliError('CLI_BAD_OPTION', 'the two secrets are not the same; nothing was changed');
  return secret;
}

async function firstLine(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return (Buffer.concat(chunks).toString('utf8').split('\n')[0] ?? '').replace(/\r$/, '');
}

function typed(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(prompt);
  stdin.setRawMode(true).setEncoding('utf8').resume();
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (finish: () => void) => {
      stdin.setRawMode(false).pause().off('data', hear);
      stderr.write('\n');
      finish();
    };
    const hear = (keys: string) => {
      for (const key of keys) {
        if (ENTER.test(key)) return end(() => resolve(text));
        if (key === CTRL_C)
          return end(() => reject(new CliError('CLI_BAD_OPTION', 'no secret was given; nothing was changed')));
        text = RUB_OUT.test(key) ? text.slice(0, -1) : text + key;
      }
    };
    stdin.on('data', hear);
  });
}
