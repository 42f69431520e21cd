import { contextOf, hintPriority } from '../dialplan/dialplan.ts';
import { type DialplanRow, listDialplan } from '../dialplan/list-dialplan.ts';
import type { ConsoleRequest } from './console-command.ts';

/** All contexts, one, or what a number finds in one: `dialplan show 1001@from-phones`. Source: recording `command-action`. */
export function dialplanShow({ host, words }: ConsoleRequest): string[] {
  const { dialplan } = host.pbx;
  const [place = ''] = words;
  const at = place.indexOf('@');
  const exten = at < 0 ? '' : place.slice(0, at);
  const context = place.slice(at + 1);
  const listing = listDialplan(dialplan, context, exten);
  if (listing === 'no-context') return [`There is no existence of '${context}' context`];
  if (listing === 'no-extension') return [`There is no existence of ${exten}@${context} extension`];
  const lines: string[] = [];
  let shown = '';
  let extension = '';
  let contexts = 0;
  for (const row of listing.rows) {
    if (row.context !== shown) {
      contexts += 1;
      const kind = contexts > 1 && context !== '' ? 'Included context' : 'Context';
      const registrar = contextOf(dialplan, row.context)?.registrar ?? '';
      lines.push(`[ ${kind} '${row.context}' created by '${registrar}' ]`);
      extension = '';
    }
    shown = row.context;
    const name = row.kind === 'priority' ? row.extension.name : '';
    lines.push(rowText(row, name !== '' && name === extension));
    extension = name;
  }
  const total = `${listing.extensions} extensions (${listing.priorities} priorities) in ${contexts} contexts`;
  return [...lines, '', '', `-= ${total}. =-`];
}

/** The name stands only before the first priority of an extension. */
function rowText(row: DialplanRow, isSame: boolean): string {
  if (row.kind === 'include') return columns('Include =>', `'${row.include}'`, row.registrar);
  if (row.kind === 'ignore-pattern') return columns('Ignore pattern =>', `'${row.pattern}'`, row.registrar);
  const { line } = row;
  const place = line.source === undefined ? line.registrar : `${line.source.file}:${line.source.line}`;
  const label = line.label === undefined ? '' : `[${line.label}] `;
  const what =
    line.priority === hintPriority ? `hint: ${line.app}` : `${line.priority}. ${label}${line.app}(${line.args})`;
  return columns(isSame ? '' : `'${row.extension.name}' =>`, what, place);
}

function columns(name: string, what: string, place: string): string {
  return `  ${name.padEnd(17)} ${what.padEnd(45)} [${place}]`;
}
