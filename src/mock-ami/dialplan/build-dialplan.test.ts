import { describe, expect, it } from 'vitest';
import { parseConf } from '../config/conf-file.ts';
import { describeConfigWarning } from '../config/config-warning.ts';
import { buildDialplan } from './build-dialplan.ts';
import { findHints } from './hint.ts';
import { listDialplan } from './list-dialplan.ts';

function build(text: string) {
  const { dialplan, warnings } = buildDialplan(parseConf(text, { file: 'e.conf' }).conf);
  return { dialplan, warnings: warnings.map(describeConfigWarning) };
}

/** `exten,priority(label) App(args)` of every line, in the order in which extensions are tried. */
function lines(text: string): string[] {
  const listing = listDialplan(build(text).dialplan);
  if (typeof listing === 'string') return [];
  return listing.rows.flatMap((row) => {
    if (row.kind !== 'priority') return [];
    const caller = row.extension.callerId === undefined ? '' : `/${row.extension.callerId}`;
    const label = row.line.label === undefined ? '' : `(${row.line.label})`;
    return [`${row.extension.name}${caller},${row.line.priority}${label} ${row.line.app}(${row.line.args})`];
  });
}

describe('buildDialplan', () => {
  it.each([
    ['numbered priorities', 'exten => 1,1,Answer()\nexten => 1,2,Hangup()', ['1,1 Answer()', '1,2 Hangup()']],
    ['n and same', 'exten => 1,1,A()\n same => n,B()\nexten => 1,n,C()', ['1,1 A()', '1,2 B()', '1,3 C()']],
    ['labels', 'exten => 1,1(top),A()\n same => n(end),B()', ['1,1(top) A()', '1,2(end) B()']],
    [
      'n+2, s and labels with an addend',
      'exten => 1,1(a),A()\n same => n+2,B()\nexten => 2,1,C()\nexten => 1,a+100,D()\nexten => 3,1,E()\nexten => 4,s,F()',
      ['1,1(a) A()', '1,4 B()', '1,101 D()', '2,1 C()', '3,1 E()', '4,1 F()'],
    ],
    ['next across extensions', 'exten => 1,1,A()\nexten => 2,n,B()', ['1,1 A()', '2,2 B()']],
    ['an application without parentheses', 'exten => 1,1,Hangup', ['1,1 Hangup()']],
    [
      'arguments with parentheses and commas',
      'exten => 1,1,Dial(PJSIP/1,30,b(x^s^1)U(y)) ',
      ['1,1 Dial(PJSIP/1,30,b(x^s^1)U(y))'],
    ],
    ['variables before a parenthesis as one text', 'exten => 1,hint,PJSIP/${GLOBAL(X)}', ['1,-1 PJSIP/()']],
    ['extensions with commas in brackets', 'exten => _[1,2]X,1,A()', ['_[1,2]X,1 A()']],
    [
      'extensions that are sorted as they are tried',
      'exten => _X.,1,D()\nexten => _1X,1,C()\nexten => 12,1,B()\nexten => 12/55,1,A()',
      ['12/55,1 A()', '12,1 B()', '_1X,1 C()', '_X.,1 D()'],
    ],
    [
      'callers, without what people write between digits',
      'exten => 1/(030) 12-3,1,A()\nexten => 1/,1,B()',
      ['1/,1 B()', '1/030123,1 A()'],
    ],
    ['hints first', 'exten => 1,1,A()\nexten => 1,hint,PJSIP/1', ['1,-1 PJSIP/1()', '1,1 A()']],
    ['special extensions', 'exten => h,1,A()\nexten => i,1,B()\nexten => #,1,C()', ['#,1 C()', 'h,1 A()', 'i,1 B()']],
    ['names of settings in any case', 'EXTEN => 1,1,A()\n Same => n,B()', ['1,1 A()', '1,2 B()']],
  ])('reads %s', (_rule, text, expected) => {
    expect(lines(`[a]\n${text}`)).toEqual(expected);
    expect(build(`[a]\n${text}`).warnings).toEqual([]);
  });

  it('replaces global variables in extensions, includes and hints, and earlier ones in globals', () => {
    const { dialplan } = build(
      '[globals]\nA=1\nB=${A}0\n[${A}]\n[c]\nexten => ${B},1,X(${B})\nexten => ${B},hint,PJSIP/${EXTEN}@${CONTEXT}&PJSIP/${A}\nexten => _X,hint,PJSIP/${EXTEN}\ninclude => d${A}',
    );
    expect(dialplan.globals).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '10' },
    ]);
    const [context] = dialplan.contexts;
    expect(context?.extensions.map(({ name }) => name)).toEqual(['10', '_X']);
    expect(context?.extensions[0]?.priorities[1]?.args).toBe('${B}');
    expect(context?.includes[0]?.context).toBe('d1');
    expect(findHints(dialplan)).toEqual([
      {
        context: 'c',
        exten: '10',
        text: 'PJSIP/10@c&PJSIP/1',
        name: '',
        devices: ['PJSIP/10@c', 'PJSIP/1'],
        presence: '',
        registrar: 'pbx_config',
      },
      {
        context: 'c',
        exten: '_X',
        text: 'PJSIP/${EXTEN}',
        name: '',
        devices: ['PJSIP/${EXTEN}'],
        presence: '',
        registrar: 'pbx_config',
      },
    ]);
  });

  it('reads general settings, ignore patterns, autohints and contexts, the newest first', () => {
    const { dialplan, warnings } = build(
      '[general]\nautofallthrough=no\nstatic=yes\n[a]\nignorepat => 9\nautohints = yes\n[b]\n[a]\nexten => 1,1,A()',
    );
    expect(dialplan.settings).toEqual({
      static: true,
      writeProtect: false,
      autoFallThrough: false,
      clearGlobals: false,
    });
    expect(dialplan.contexts.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(dialplan.contexts[1]).toMatchObject({
      autohints: true,
      ignorePatterns: [{ pattern: '9', registrar: 'pbx_config' }],
    });
    expect(dialplan.contexts[1]?.extensions).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it('keeps where each line was written', () => {
    expect(build('[a]\n\nexten => 1,1,A()').dialplan.contexts[0]?.extensions[0]?.priorities[0]?.source).toEqual({
      file: 'e.conf',
      line: 3,
    });
  });

  it.each([
    ['same => n,A()', 'e.conf:2: "same" has no extension above it in [a]; begin with exten => NUMBER,1,...'],
    ['exten => 1,n,A()', 'e.conf:2: priority "n" needs a line before it in [a]; begin with priority 1'],
    [
      'exten => 1,x,A()',
      'e.conf:2: "x" is no priority; write a number from 1, n, hint, or a label of the same extension',
    ],
    [
      'exten => 1,0,A()',
      'e.conf:2: "0" is no priority; write a number from 1, n, hint, or a label of the same extension',
    ],
    ['exten => 1,1(x,A()', 'e.conf:2: the label of "1(x" has no closing ")"; write 1(x)'],
    ['exten => 1,1,Dial(PJSIP/1', 'e.conf:2: "Dial(PJSIP/1" has no closing ")"; write Dial(PJSIP/1)'],
    ['exten => 1,1,A()\nexten => 1,1,B()', 'e.conf:3: extension 1 of [a] has priority 1 already; the first one counts'],
    ['exten => 1,hint,A\nexten => 1,hint,B', 'e.conf:3: extension 1 of [a] has a hint already; the first one counts'],
    ['exten => _.,1,A()', 'e.conf:2: "_." takes special extensions such as h and i too; write _X. for numbers'],
    ['include => b\ninclude => b', 'e.conf:3: [a] includes "b" already'],
    ['include => b,9-17,*,*,*', 'e.conf:2: "9-17" is no range of times; write it like 9:00-17:00, or *'],
    ['switch => IAX2/x@y', 'e.conf:2: switch => IAX2/x@y is ignored: no dialplan outside of these files is known'],
    ['extension => 1,1,A()', 'e.conf:2: unknown "extension"; a context takes exten, same, include and ignorepat'],
  ])('warns of %j', (text, warning) => {
    expect(build(`[a]\n${text}`).warnings).toEqual([warning]);
  });
});
