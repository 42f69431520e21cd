import type { ConfigWarning } from '../config/config-warning.ts';
import { type Dialplan, type DialplanPriority, hintPriority } from './dialplan.ts';

/** What a PBX can do in its dialplan; letters' case does not count for applications. */
export interface KnownNames {
  readonly applications: Iterable<string>;
  readonly functions: Iterable<string>;
}

/** A warning for each application and function of the dialplan that is not known, at the first place that uses it. */
export function checkKnown(dialplan: Dialplan, known: KnownNames): readonly ConfigWarning[] {
  const applications = new Set([...known.applications].map((name) => name.toLowerCase()));
  const functions = new Set(known.functions);
  const told = new Set<string>();
  const warnings: ConfigWarning[] = [];
  const report = (line: DialplanPriority, key: string, message: string) => {
    if (told.has(key)) return;
    told.add(key);
    warnings.push({
      file: line.source?.file ?? 'extensions.conf',
      line: line.source?.line ?? 0,
      severity: 'warning',
      message,
    });
  };
  for (const line of linesInOrder(dialplan)) {
    if (line.priority !== hintPriority && !applications.has(line.app.toLowerCase()))
      report(line, `app ${line.app}`, unknownApplication(line.app));
    for (const name of functionsOf(line)) {
      if (!functions.has(name))
        report(line, `function ${name}`, `the function ${name}() is not known and reads as an empty text`);
    }
  }
  return warnings;
}

function linesInOrder(dialplan: Dialplan): readonly DialplanPriority[] {
  const lines = dialplan.contexts.flatMap((context) => context.extensions.flatMap((extension) => extension.priorities));
  return lines.sort((a, b) => (a.source?.line ?? 0) - (b.source?.line ?? 0));
}

function unknownApplication(app: string): string {
  const comma = app.indexOf(',');
  if (comma > 0)
    return `"${app}" is no application; arguments stand in parentheses: ${app.slice(0, comma)}(${app.slice(comma + 1)})`;
  return app === ''
    ? 'the line names no application; write exten => NUMBER,1,Answer()'
    : `the application ${app}() is not known and does nothing, as NoOp()`;
}

/** Functions that are read, `${NAME(...)}`, or written by `Set(NAME(...)=...)`. */
function functionsOf({ app, args }: DialplanPriority): readonly string[] {
  const read = [...`${app} ${args}`.matchAll(/\$\{([A-Za-z_0-9]+)\(/g)].map((match) => match[1] ?? '');
  const written = /^m?set$/i.test(app) ? [/^\s*([A-Za-z_0-9]+)\([^=]*\)\s*=/.exec(args)?.[1] ?? ''] : [];
  return [...read, ...written].filter((name) => name !== '');
}
