import { describe, expect, it } from 'vitest';
import { parseConf } from './conf-file.ts';
import { describeConfigWarning } from './config-warning.ts';
import { amiClasses, readManagerConf } from './manager-conf.ts';

function read(text: string) {
  const warnings: string[] = [];
  const { conf } = parseConf(text, { file: 'manager.conf' });
  return { ...readManagerConf(conf, (warning) => warnings.push(describeConfigWarning(warning))), warnings };
}

describe('readManagerConf', () => {
  it("has Asterisk's defaults", () => {
    expect(read('').general).toEqual({
      enabled: false,
      port: 5038,
      bindAddress: '0.0.0.0',
      webEnabled: false,
      displayConnects: true,
      allowMultipleLogin: true,
      timestampEvents: false,
      brokenEventsAction: false,
      httpTimeoutS: 60,
      authTimeoutS: 30,
      authLimit: 50,
      channelvars: [],
      disabledEvents: [],
      lines: new Set(),
    });
    expect(read('[ann]\nsecret=x').users.get('ann')).toEqual({
      name: 'ann',
      secret: 'x',
      read: [],
      write: [],
      acl: [],
      namedAcls: [],
      writeTimeoutMs: 100,
      displayConnects: true,
      allowMultipleLogin: true,
      eventFilters: [],
      lines: new Set(['secret']),
      setVar: [],
    });
  });

  it('reads rights as classes in their own order, `all` as every one', () => {
    const { users } = read('[ann]\nsecret=x\nread = reporting,call\nwrite = all');
    expect(users.get('ann')?.read).toEqual(['call', 'reporting']);
    expect(users.get('ann')?.write).toEqual(amiClasses);
  });

  // Source: `get_perm` and `ast_instring`, main/manager.c.
  it.each([
    ['call, reporting', ['call']],
    ['Call,reporting', ['reporting']],
    ['none', []],
    ['!call', []],
    ['call,none', ['call']],
    ['ca,dtmf', ['call', 'dtmf']],
    ['', []],
    ['-1', []],
  ])('takes the rights %j as Asterisk does: %j', (value, expected) => {
    expect(read(`[ann]\nsecret=x\nread = ${value}`).users.get('ann')?.read).toEqual(expected);
  });

  it('takes numbers that are too small for absent', () => {
    const { general, users, warnings } = read(
      '[general]\nauthtimeout=0\nauthlimit=-1\nhttptimeout=none\n[ann]\nsecret=x\nwritetimeout=99',
    );
    expect([general.authTimeoutS, general.authLimit, general.httpTimeoutS]).toEqual([30, 50, 60]);
    expect(users.get('ann')?.writeTimeoutMs).toBe(100);
    expect(warnings).toHaveLength(4);
  });

  it('lets users follow the general settings', () => {
    const { users } = read(
      '[general]\nallowmultiplelogin=no\n[ann]\nsecret=x\n[bob]\nsecret=x\nallowmultiplelogin=yes',
    );
    expect([users.get('ann')?.allowMultipleLogin, users.get('bob')?.allowMultipleLogin]).toEqual([false, true]);
  });

  it('reads variables, lists and access rules in order', () => {
    const { general, users } = read(
      '[general]\nchannelvars = A, CHANNEL(language)\ndisabledevents=VarSet,Newexten\n[ann]\nsecret=x\nsetvar=A=1=2\ndeny=0.0.0.0/0\npermit=10.0.0.0/8,!10.1.0.0/16',
    );
    expect([general.channelvars, general.disabledEvents]).toEqual([
      ['A', 'CHANNEL(language)'],
      ['VarSet', 'Newexten'],
    ]);
    expect(users.get('ann')?.setVar).toEqual([['A', '1=2']]);
    expect(users.get('ann')?.acl).toEqual([
      { allow: false, network: '0.0.0.0/0' },
      { allow: true, network: '10.0.0.0/8' },
      { allow: false, network: '10.1.0.0/16' },
    ]);
  });

  it('reads event filters, old and new', () => {
    const { users, warnings } = read(
      '[ann]\nsecret=x\neventfilter=!Channel: DAHDI/\neventfilter(name(Hangup),header(Channel),method(starts_with)) = PJSIP/1\neventfilter(name(Hold)) =',
    );
    expect(users.get('ann')?.eventFilters).toEqual([
      { exclude: true, method: 'regex', expression: 'Channel: DAHDI/' },
      { exclude: false, event: 'Hangup', header: 'Channel', method: 'starts_with', expression: 'PJSIP/1' },
      { exclude: false, event: 'Hold', method: 'none', expression: '' },
    ]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['[ann]', 'manager.conf:1: user [ann] has no secret, so that nobody can log in; add secret = ...'],
    [
      '[ann]\nsecret=x\nread=calls',
      expect.stringMatching(/^manager.conf:3: "calls" is no class of read; there are all, system, call/),
    ],
    [
      '[ann]\nsecret=x\neventfilter(bogus(x)) =',
      expect.stringMatching(/^manager.conf:3: the event filter is left out: "bogus\(x" is none of/),
    ],
    [
      '[ann]\nsecret=x\nread=call, agent',
      expect.stringMatching(
        /^manager.conf:3: " agent" is no class of read; .* \(nothing but a comma may stand between two\)$/,
      ),
    ],
    [
      '[ann]\nsecret=x\neventfilter(name(Hold =',
      expect.stringMatching(/^manager.conf:3: the event filter is left out: its last bracket/),
    ],
    [
      '[ann]\nsecret=x\neventfilter = [',
      expect.stringMatching(/^manager.conf:3: the event filter is left out: "\[" is no regular expression/),
    ],
  ])('warns of %j', (text, warning) => {
    expect(read(text).warnings).toEqual([warning]);
  });
});
