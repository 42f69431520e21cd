import { matcher } from '../../gateway/name-pattern.ts';
import type { Role } from '../../gateway/roles.ts';
import { rolesOf } from '../../gateway/users.ts';
import { CliError } from '../../mock-ami/command/cli-error.ts';
import { nearest } from '../../scenarios/nearest.ts';
import type { GatewayParts } from './gateway-parts.node.ts';

/** What one user may see and do. */
export interface ExplainedUser {
  readonly user: string;
  readonly role: string;
  readonly extension?: string;
  /** Whose extension that is. */
  readonly extensionOn?: string;
  /** Those of the gateway's that the user can ask for. */
  readonly pbxs: readonly string[];
  readonly sees: {
    readonly events: readonly string[];
    readonly hiddenHeaders: readonly string[];
    /** Patterns; `*`: all. */
    readonly extensions: readonly string[];
    readonly queues: readonly string[];
  };
  readonly may: {
    readonly commands: readonly string[];
    /** On whose channels. */
    readonly channels: 'any' | 'own';
    /** Raw actions, and what their headers may hold. */
    readonly actions: Role['actions'];
  };
  /** What does not work though it looks as if it should. */
  readonly notes: readonly string[];
}

/** @throws CliError `CLI_BAD_OPTION` where there is no such user */
export function explainUser(name: string, { users, pbxs, tokens }: GatewayParts): ExplainedUser {
  const record = users.users.find((user) => user.name === name);
  if (record === undefined)
    throw noSuchUser(
      name,
      users.users.map((user) => user.name),
      tokens !== undefined,
    );
  const role = rolesOf(users).get(record.role) as Role;
  const { extension } = record;
  const home = record.pbx ?? pbxs[0]?.name ?? '';
  const names = pbxs.map((pbx) => pbx.name);
  const seen = names.filter(matcher(role.pbxs ?? ['*']));
  return {
    user: name,
    role: record.role,
    ...(extension !== undefined && { extension, extensionOn: home }),
    pbxs: seen,
    sees: {
      events: role.events,
      hiddenHeaders: role.hiddenHeaders,
      extensions: role.extensions === 'own' ? [extension ?? []].flat() : (role.extensions ?? ['*']),
      queues: role.queues ?? ['*'],
    },
    may: {
      commands: role.commands,
      channels: role.channels,
      actions: role.commands.includes('action') ? role.actions : {},
    },
    notes: notesOn(role, extension, home, seen, names),
  };
}

export function explainText({ user, role, extension, extensionOn, pbxs, sees, may, notes }: ExplainedUser): string {
  const own =
    extension === undefined
      ? 'no own extension'
      : `own extension ${extension}${extensionOn === undefined || extensionOn === 'pbx' ? '' : ` on ${extensionOn}`}`;
  const on = may.channels === 'own' ? 'from the own extension, on its channels' : 'from any extension, on any channel';
  const actions = Object.entries(may.actions).map(([action, fields]) => {
    const headers = Object.entries(fields).map(([header, kind]) => `${header}: ${kind}`);
    return `    ${action}${headers.length > 0 ? ` (${headers.join(', ')})` : ''}`;
  });
  return [
    `${user} has the role ${role}, ${own}.`,
    `  PBXs        ${list(pbxs)}`,
    `  sees`,
    `    events      ${list(sees.events)}`,
    `    without     ${sees.hiddenHeaders.length > 0 ? `headers ${sees.hiddenHeaders.join(', ')}` : 'nothing is hidden of them'}`,
    `    extensions  ${list(sees.extensions)}`,
    `    queues      ${list(sees.queues)}`,
    may.commands.length === 0 ? '  may do nothing' : `  may ${may.commands.join(', ')} ${on}`,
    ...(actions.length > 0 ? ['  may send the actions', ...actions] : []),
    ...notes.map((note) => `  note: ${note}`),
    '',
  ].join('\n');
}

function notesOn(
  role: Role,
  extension: string | undefined,
  home: string,
  seen: readonly string[],
  all: readonly string[],
): readonly string[] {
  const notes: string[] = [];
  if (extension === undefined && role.extensions === 'own')
    notes.push('the role sees the own extension only, and there is none: no channel or lamp is seen');
  if (extension === undefined && role.channels === 'own' && role.commands.length > 0)
    notes.push('the role acts for the own extension only, and there is none: commands on channels are refused');
  if (extension !== undefined && !all.includes(home))
    notes.push(`the own extension is on ${home}, and there is no such PBX`);
  else if (extension !== undefined && !seen.includes(home))
    notes.push(`the own extension is on ${home}, which the role does not see`);
  if (seen.length === 0) notes.push('the role sees none of the PBXs: logins are refused');
  return notes;
}

function list(patterns: readonly string[]): string {
  if (patterns.length === 0) return 'none';
  return patterns.includes('*') ? 'all' : patterns.join(', ');
}

function noSuchUser(name: string, names: readonly string[], hasTokens: boolean): CliError {
  const near = nearest(name, names);
  const hint =
    near === undefined
      ? names.length > 0
        ? `; there are ${names.slice(0, 10).join(', ')}`
        : ''
      : `; did you mean ${near}?`;
  const tokens = hasTokens ? ' (users with tokens are known only once they come)' : '';
  return new CliError('CLI_BAD_OPTION', `there is no user "${name}"${hint}${tokens}`);
}
