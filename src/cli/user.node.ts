import { Command } from 'commander';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { hashSecret } from '../gateway/secret-hash.ts';
import { rolesOf } from '../gateway/users.ts';
import { putUser, readUsersFile, readUsersFileOrNone, removeUser } from '../gateway/users-file.node.ts';
import { CliError } from '../mock-ami/command/cli-error.ts';
import { askSecret } from './ask-secret.node.ts';

interface AddOptions {
  readonly users: string;
  readonly role: string;
  readonly extension?: string;
  readonly pbx?: string;
}

/** `asterclick user`: who may log in to the gateway. */
export function userCommand(): Command {
  return new Command('user')
    .summary('adds, lists and removes users of the gateway')
    .addCommand(
      new Command('add')
        .description('Adds a user, or changes one of that name. The secret is asked for, or read from standard input.')
        .argument('<name>')
        .option('--users <file>', 'the users file; made where there is none', 'users.json')
        .option(
          '--role <name>',
          'what they see and may do: viewer, agent, operator, or one that the file defines',
          'operator',
        )
        .option('--extension <number>', 'their own number; an agent may act on that only')
        .option('--pbx <name>', 'the PBX whose number that is, where the gateway has several')
        .action(add),
    )
    .addCommand(
      new Command('remove')
        .description('Removes a user.')
        .argument('<name>')
        .option('--users <file>', 'the users file', 'users.json')
        .action(remove),
    )
    .addCommand(
      new Command('list')
        .description('Lists the users.')
        .option('--users <file>', 'the users file', 'users.json')
        .option('--json', 'as JSON, without secrets')
        .action(list),
    );
}

async function add(name: string, { users, role, extension, pbx }: AddOptions): Promise<void> {
  const roles = [...rolesOf(await readUsersFileOrNone(users)).keys()];
  if (!roles.includes(role))
    throw new CliError('CLI_BAD_OPTION', `there is no role "${role}" in ${users}; there are ${roles.join(', ')}`);
  const secret = await hashSecret(await askSecret(`Secret for ${name}`), nodeRuntime().digest);
  const done = await putUser(users, {
    name,
    secret,
    role,
    ...(extension !== undefined && { extension }),
    ...(pbx !== undefined && { pbx }),
  });
  process.stdout.write(`${done} ${name} (${role}) in ${users}\n`);
}

async function remove(name: string, { users }: { readonly users: string }): Promise<void> {
  if (!(await removeUser(users, name))) throw new CliError('CLI_BAD_OPTION', `there is no user "${name}" in ${users}`);
  process.stdout.write(`removed ${name} from ${users}\n`);
}

async function list({ users: path, json }: { readonly users: string; readonly json?: true }): Promise<void> {
  const { users } = await readUsersFile(path);
  const shown = users.map(({ secret: _, ...user }) => user);
  if (json) {
    process.stdout.write(`${JSON.stringify(shown)}\n`);
    return;
  }
  const width = Math.max(0, ...shown.map(({ name }) => name.length));
  const roleWidth = Math.max(0, ...shown.map(({ role }) => role.length));
  for (const { name, role, extension = '', pbx } of shown) {
    const own = pbx === undefined ? extension : `${extension} on ${pbx}`;
    process.stdout.write(`${`${name.padEnd(width)}  ${role.padEnd(roleWidth)}  ${own}`.trimEnd()}\n`);
  }
}
