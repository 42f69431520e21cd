import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FunctionEnvironment } from './pure-function.ts';
import { pureFunctions } from './registry.ts';

function environment(variables: Record<string, string> = {}, warnings: string[] = []): FunctionEnvironment {
  return {
    variable: (name) => variables[name],
    setVariable: (name, value) => {
      variables[name] = value;
    },
    callFunction: () => '',
    warn: (message) => void warnings.push(message),
    // Monday, 23 November 2026, 21:05:09.123 UTC
    nowMs: 1_795_467_909_123,
    random: () => 0.5,
    md5: (text) => createHash('md5').update(text).digest('hex'),
  };
}

function read(call: string, variables: Record<string, string> = {}): string | undefined {
  const open = call.indexOf('(');
  return pureFunctions[call.slice(0, open)]?.read?.(environment(variables), call.slice(open + 1, -1));
}

describe('pure dialplan functions', () => {
  it.each([
    ['LEN(example)', '7'],
    ['LEN(Zoë)', '4'],
    ['LEN()', '0'],
    ['TOUPPER(aBc-ü)', 'ABC-ü'],
    ['TOLOWER(aBC)', 'abc'],
    ['QUOTE(say "hi" \\)', '"say \\"hi\\" \\\\"'],
    ['CSV_QUOTE(say "hi")', '"say ""hi"""'],
    ['KEYPADHASH(Less-9)', '53779'],
    ['REGEX("^a[0-9]+$" a12)', '1'],
    ['REGEX("^a[0-9]+$" b12)', '0'],
    ['REGEX("[" x)', '0'],
    ['REGEX("a\\"b" xa"bx)', '1'],
    ['FILTER(0-9,+49 (30) 12)', '493012'],
    ['FILTER(a-c\\x2c_-,xa,b_-d)', 'a,b_-'],
    ['TRIM(  a b )', 'a b'],
    ['LTRIM(  a )', 'a '],
    ['RTRIM(  a )', '  a'],
    ['PASSTHRU(a,b)', 'a,b'],
    ['ISNULL()', '1'],
    ['ISNULL(x)', '0'],
    ['EXISTS(x)', '1'],
    ['EXISTS()', '0'],
    ['IF(1?yes:no)', 'yes'],
    ['IF(0?yes:no)', 'no'],
    ['IF( abc ? yes : no )', 'yes'],
    ['IF(?yes:no)', 'no'],
    ['IF(1?"a:b":c)', 'a:b'],
    ['IF(0?yes)', ''],
    ['IF(1?:no)', ''],
    ['IFTIME(21:00-22:00,mon,*,*?now:later)', 'now'],
    ['IFTIME(9:00-17:00,mon-fri,*,*?now:later)', 'later'],
    ['IFTIME(22:00-23:00,*,*,*,Europe/Berlin?now:later)', 'now'],
    ['MATH(7*6,int)', '42'],
    ['MATH(1/4)', '0.250000'],
    ['MATH(-7%3,int)', '-1'],
    ['MATH(5>=5)', 'TRUE'],
    ['MATH(5<5)', 'FALSE'],
    ['MATH(12 AND 10,i)', '8'],
    ['MATH(12 XOR 10,i)', '6'],
    ['MATH(12 OR 3,i)', '15'],
    ['MATH(1<<4,h)', '10'],
    ['MATH(64+1,char)', 'A'],
    ['MATH(-3--4,i)', '1'],
    ['MATH(x)', ''],
    ['MIN(3,1.5,2)', '1.5'],
    ['MAX(3,1.5,2)', '3'],
    ['ABS(-4)', '4'],
    ['RAND(1,10)', '6'],
    ['RAND(10,1)', '6'],
    ['SORT(b:2,a:1,c:10)', 'a,b,c'],
    ['URIENCODE(a b/ü~)', 'a%20b%2F%C3%BC~'],
    ['URIDECODE(a%20b%2F%C3%BC%zz)', 'a b/ü%zz'],
    ['BASE64_ENCODE(hello ü)', 'aGVsbG8gw7w='],
    ['BASE64_DECODE(aGVsbG8gw7w=)', 'hello ü'],
    ['MD5(abc)', '900150983cd24fb0d6963f7d28e17f72'],
    ['SHA1(abc)', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['SPRINTF(%05d|%-4s|%.2f|%x|%%,42,ab,3.14159,255)', '00042|ab  |3.14|ff|%'],
    ['SPRINTF(%+d %e %g %c %3s,7,12345.678,0.0001,A,x)', '+7 1.234568e+04 0.0001 A   x'],
    ['STRFTIME(0,,%Y-%m-%d %H:%M:%S)', '1970-01-01 00:00:00'],
    ['STRFTIME(,,%a %e %b %Y %T.%3q)', 'Mon 23 Nov 2026 21:05:09.123'],
    ['STRFTIME(1795467909,Europe/Berlin,%H:%M %z)', '22:05 +0100'],
    ['STRFTIME(1795467909,,%I:%M %p %j %V %u %s)', '09:05 PM 327 48 1 1795467909'],
    ['STRFTIME(0,,)', 'Thu Jan  1 00:00:00 1970'],
    ['STRPTIME(2026-11-23 21:05:09,,%Y-%m-%d %H:%M:%S)', '1795467909'],
    ['STRPTIME(23 Nov 2026 9:05 PM,,%d %b %Y %I:%M %p)', '1795467900'],
    ['STRPTIME(2026-11-23 22:05:09,Europe/Berlin,%F %T)', '1795467909'],
    ['STRPTIME(soon,,%Y)', ''],
  ])('${%s} is %j', (call, expected) => {
    expect(read(call)).toBe(expected);
  });

  it.each([
    ['CUT(V,,1)', { V: 'PJSIP/1001-00000001' }, 'PJSIP/1001'],
    ['CUT(V,\\,,2-3)', { V: 'a,b,c,d' }, 'b,c'],
    ['CUT(V,:,3-)', { V: 'a:b:c:d' }, 'c:d'],
    ['CUT(V,:,-2)', { V: 'a:b:c:d' }, 'a:b'],
    ['CUT(V,:,3&1)', { V: 'a:b:c:d' }, 'c:a'],
    ['CUT(V,:,9)', { V: 'a:b' }, ''],
    ['FIELDQTY(V,-)', { V: 'a-b-c' }, '3'],
    ['FIELDQTY(V)', { V: 'a,b' }, '2'],
    ['FIELDQTY(V,-)', {}, '0'],
    ['FIELDNUM(V,\\,,c)', { V: 'a,b,c' }, '3'],
    ['FIELDNUM(V,\\,,x)', { V: 'a,b,c' }, '0'],
    ['LISTFILTER(V,&,b)', { V: 'a&b&c' }, 'a&c'],
    ['REPLACE(V,_ ,-)', { V: 'a_b c' }, 'a-b-c'],
    ['REPLACE(V,_)', { V: 'a_b' }, 'ab'],
    ['STRREPLACE(V,ab,x)', { V: 'ababc' }, 'xxc'],
    ['STRREPLACE(V,ab,x,1)', { V: 'ababc' }, 'xabc'],
    ['STRREPLACE(V,ab)', { V: 'ababc' }, 'c'],
  ])('${%s} with %j is %j', (call, variables, expected) => {
    expect(read(call, { ...variables })).toBe(expected);
  });

  it.each([
    ['SET(V=a=b)', { V: 'x' }, 'a=b', { V: 'a=b' }],
    ['INC(V)', { V: '9' }, '10', { V: '10' }],
    ['INC(V)', {}, '1', { V: '1' }],
    ['DEC(V)', { V: '9' }, '8', { V: '8' }],
    ['SHIFT(V)', { V: 'a,b,c' }, 'a', { V: 'b,c' }],
    ['POP(V,-)', { V: 'a-b-c' }, 'c', { V: 'a-b' }],
    ['POP(V)', {}, '', {}],
  ])('${%s} with %j is %j and leaves %j', (call, before, expected, after) => {
    const variables: Record<string, string> = { ...before };
    expect(read(call, variables)).toBe(expected);
    expect(variables).toEqual(after);
  });

  it.each([
    ['PUSH', 'V', 'c', { V: 'a,b' }, { V: 'a,b,c' }],
    ['PUSH', 'V', 'a', {}, { V: 'a' }],
    ['UNSHIFT', 'V,-', 'c', { V: 'a-b' }, { V: 'c-a-b' }],
    ['ARRAY', 'A,B,C', '1,2', {}, { A: '1', B: '2', C: '' }],
  ])('Set(%s(%s)=%s) turns %j into %j', (name, args, value, before, after) => {
    const variables: Record<string, string> = { ...before };
    pureFunctions[name]?.write?.(environment(variables), args, value);
    expect(variables).toEqual(after);
  });

  it('warn of what they cannot read', () => {
    const warnings: string[] = [];
    pureFunctions['MATH']?.read?.(environment({}, warnings), 'x');
    pureFunctions['IF']?.read?.(environment({}, warnings), '');
    pureFunctions['IFTIME']?.read?.(environment({}, warnings), 'noon?a:b');
    expect(warnings).toEqual([
      'MATH cannot read "x"; write a number, an operator and a number, such as 7*6,int',
      'IF needs a condition: ${IF(test?yes:no)}',
      '"noon" is no range of times; write it like 9:00-17:00, or *',
    ]);
  });
});
