import type { ConfCategory, ConfEntry, ConfFile } from '../config/conf-file.ts';
import { valuesOf } from '../config/conf-values.ts';
import type { ConfigWarning } from '../config/config-warning.ts';
import { addContext, addExtension, addIgnorePattern, addInclude } from './change-dialplan.ts';
import {
  contextOf,
  type Dialplan,
  type DialplanInclude,
  type DialplanSettings,
  emptyDialplan,
  hintPriority,
} from './dialplan.ts';
import { type DialplanLineText, parseDialplanLine, splitExtension } from './dialplan-line.ts';
import { find } from './match.ts';
import { substitute } from './substitute.ts';
import type { SubstitutionEnvironment } from './substitution-environment.ts';
import { parseTimeCondition } from './time-condition.ts';

const registrar = 'pbx_config';

/**
 * The dialplan that extensions.conf describes. Lines that Asterisk would skip are skipped with a warning.
 * Source: pbx/pbx_config.c, pbx_load_config.
 */
export function buildDialplan(conf: ConfFile): {
  readonly dialplan: Dialplan;
  readonly warnings: readonly ConfigWarning[];
} {
  const builder = new DialplanBuilder(settingsOf(conf));
  for (const category of conf.categories) {
    if (category.template) continue;
    const name = category.name.toLowerCase();
    if (name === 'globals') builder.globals(category);
    else if (name !== 'general') builder.context(category);
  }
  return { dialplan: builder.dialplan, warnings: builder.warnings };
}

function settingsOf(conf: ConfFile): DialplanSettings {
  const general = valuesOf(conf, 'general');
  return {
    static: general.flag('static', false),
    writeProtect: general.flag('writeprotect', false),
    autoFallThrough: general.flag('autofallthrough', true),
    clearGlobals: general.flag('clearglobalvars', false),
  };
}

class DialplanBuilder {
  dialplan: Dialplan;
  readonly warnings: ConfigWarning[] = [];
  #context = '';
  #lastExtension = '';
  #lastPriority: number | undefined;

  constructor(settings: DialplanSettings) {
    this.dialplan = { ...emptyDialplan, settings };
  }

  globals(category: ConfCategory): void {
    for (const { name, value } of category.entries) {
      const others = this.dialplan.globals.filter((global) => global.name !== name);
      this.dialplan = { ...this.dialplan, globals: [...others, { name, value: this.#substitute(value) }] };
    }
  }

  context(category: ConfCategory): void {
    this.dialplan = addContext(this.dialplan, category.name, registrar);
    this.#context = category.name;
    this.#lastExtension = '';
    this.#lastPriority = undefined;
    for (const entry of category.entries) this.#entry(entry);
  }

  #entry(entry: ConfEntry): void {
    const name = entry.name.toLowerCase();
    if (name.startsWith('same')) this.#same(entry);
    else if (name === 'exten') this.#exten(entry);
    else if (name === 'include') this.#include(entry);
    else if (name === 'ignorepat') {
      const pattern = this.#substitute(entry.value);
      this.dialplan = addIgnorePattern(this.dialplan, this.#context, { pattern, registrar });
    } else if (name === 'autohints') {
      this.dialplan = addContext(this.dialplan, this.#context, registrar, /^(yes|true|y|t|1|on)$/i.test(entry.value));
    } else if (['switch', 'lswitch', 'eswitch'].includes(name)) {
      this.#warn(entry, `${name} => ${entry.value} is ignored: no dialplan outside of these files is known`);
    } else this.#warn(entry, `unknown "${entry.name}"; a context takes exten, same, include and ignorepat`);
  }

  #exten(entry: ConfEntry): void {
    const { exten, rest } = splitExtension(entry.value);
    this.#lastExtension = this.#substitute(exten);
    this.#line(entry, this.#lastExtension, rest);
  }

  #same(entry: ConfEntry): void {
    if (this.#lastExtension !== '') this.#line(entry, this.#lastExtension, entry.value);
    else this.#warn(entry, `"same" has no extension above it in [${this.#context}]; begin with exten => NUMBER,1,...`);
  }

  #line(entry: ConfEntry, extension: string, rest: string): void {
    const line = parseDialplanLine(extension, rest);
    if ('fault' in line) {
      this.#warn(entry, line.fault);
      return;
    }
    const priority = this.#priorityOf(line, entry);
    if (priority === undefined) return;
    this.#lastPriority = priority;
    this.#checkDiscouraged(line, entry);
    this.#add(line, priority, entry);
  }

  #priorityOf(line: DialplanLineText, entry: ConfEntry): number | undefined {
    if (line.priority === 'hint') return hintPriority + line.plus;
    if (['n', 'next', 's', 'same'].includes(line.priority)) {
      const step = line.priority.startsWith('n') ? 1 : 0;
      if (this.#lastPriority !== undefined) return this.#lastPriority + step + line.plus;
      this.#warn(
        entry,
        `priority "${line.priority}" needs a line before it in [${this.#context}]; begin with priority 1`,
      );
      return undefined;
    }
    const number = /^[+-]?\d+/.exec(line.priority);
    const base = number === null ? this.#labelled(line) : Number(number[0]);
    if (base !== undefined && base >= 1) return base + line.plus;
    this.#warn(
      entry,
      `"${line.priority}" is no priority; write a number from 1, n, hint, or a label of the same extension`,
    );
    return undefined;
  }

  #labelled(line: DialplanLineText): number | undefined {
    const query = { context: this.#context, exten: line.exten, priority: line.priority };
    return find(this.dialplan, line.callerId === undefined ? query : { ...query, callerId: line.callerId })?.priority;
  }

  #add(line: DialplanLineText, priority: number, entry: ConfEntry): void {
    const added = addExtension(this.dialplan, {
      context: this.#context,
      exten: line.exten,
      ...(line.callerId === undefined ? {} : { callerId: line.callerId }),
      priority,
      ...(line.label === undefined ? {} : { label: line.label }),
      app: this.#appOf(line, priority),
      args: line.args,
      registrar,
      source: { file: entry.file, line: entry.line },
    });
    if (added !== undefined) this.dialplan = added;
    else {
      const shown = priority === hintPriority ? 'a hint' : `priority ${priority}`;
      this.#warn(entry, `extension ${line.exten} of [${this.#context}] has ${shown} already; the first one counts`);
    }
  }

  /** Variables in a hint are replaced when it is read, unless it stands for many extensions. */
  #appOf(line: DialplanLineText, priority: number): string {
    if (priority !== hintPriority || line.exten.startsWith('_') || !line.app.includes('${')) return line.app;
    return this.#substitute(
      line.app,
      new Map([
        ['EXTEN', line.exten],
        ['CONTEXT', this.#context],
      ]),
    );
  }

  #include(entry: ConfEntry): void {
    const value = this.#substitute(entry.value);
    const comma = value.search(/[,|]/);
    const time = comma < 0 ? '' : value.slice(comma + 1).trim();
    const parsed = time === '' ? undefined : parseTimeCondition(time);
    for (const fault of parsed?.faults ?? []) this.#warn(entry, fault);
    const include: DialplanInclude = {
      context: (comma < 0 ? value : value.slice(0, comma)).trim(),
      ...(parsed === undefined ? {} : { time, condition: parsed.condition }),
      registrar,
      source: { file: entry.file, line: entry.line },
    };
    const added = addInclude(this.dialplan, this.#context, include);
    if (added !== undefined) this.dialplan = added;
    else this.#warn(entry, `[${this.#context}] includes "${value}" already`);
  }

  #checkDiscouraged(line: DialplanLineText, entry: ConfEntry): void {
    if (line.exten !== '_.' && line.exten !== '_!') return;
    this.#warn(
      entry,
      `"${line.exten}" takes special extensions such as h and i too; write _X${line.exten.charAt(1)} for numbers`,
    );
  }

  #substitute(text: string, own: ReadonlyMap<string, string> = new Map()): string {
    if (!text.includes('$')) return text;
    const globalOf = (name: string) => this.dialplan.globals.find((global) => global.name === name)?.value;
    const environment: SubstitutionEnvironment = {
      variable: (name) => own.get(name) ?? globalOf(name),
      callFunction: (name, args) => (name === 'GLOBAL' ? (globalOf(args) ?? '') : ''),
    };
    return substitute(text, environment);
  }

  #warn(entry: ConfEntry, message: string): void {
    this.warnings.push({ file: entry.file, line: entry.line, severity: 'warning', message });
  }
}

/** A warning for each include of a context that is nowhere. */
export function missingIncludes(dialplan: Dialplan): readonly ConfigWarning[] {
  return dialplan.contexts.flatMap((context) =>
    context.includes
      .filter((include) => contextOf(dialplan, include.context) === undefined)
      .map((include) => ({
        file: include.source?.file ?? 'extensions.conf',
        line: include.source?.line ?? 0,
        severity: 'warning' as const,
        message: `[${context.name}] includes "${include.context}", which is no context; add [${include.context}], or take the include out`,
      })),
  );
}
