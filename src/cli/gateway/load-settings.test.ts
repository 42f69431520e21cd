import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needingRestart, usedSettings } from './check-report.ts';
import { loadSettings } from './load-settings.node.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asterclick-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const PBX = 'pbx: {ami: 192.0.2.1, user: gw, secretFile: ami-secret}';

function write(text: string, name = 'gateway.yaml'): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const loaded = (text: string, options: object = {}, environment: Record<string, string> = {}) =>
  loadSettings({ config: write(text), ...options }, environment);

describe('settings', () => {
  it('come from the file, the environment and options: the later of these counts', () => {
    const { settings, origins } = loaded(
      `${PBX}\nlisten: 192.0.2.9:1\nping: 10s\nkeepAlive: off\n`,
      { listen: '[::1]:3' },
      { ASTERCLICK_LISTEN: '192.0.2.9:2', ASTERCLICK_PING: '20s' },
    );
    expect(settings).toMatchObject({ listen: { host: '::1', port: 3 }, ping: 20_000, keepAlive: 0 });
    expect(origins.get('listen')).toBe('--listen');
    expect(origins.get('ping')).toBe('ASTERCLICK_PING');
    expect(origins.get('keepAlive')).toBe(`${join(folder, 'gateway.yaml')}:4`);
  });

  it('may be JSON, and the environment may name the file', () => {
    const path = write(JSON.stringify({ pbx: { ami: 'pbx:1', user: 'gw', secretFile: '/s' } }), 'g.json');
    expect(loadSettings({}, { ASTERCLICK_CONFIG: path }).settings.pbx).toEqual({
      ami: { host: 'pbx', port: 1 },
      user: 'gw',
      secretFile: '/s',
      tls: false,
    });
  });

  it('count paths in a file from its folder, those of options from where one is', () => {
    const { settings } = loaded(`${PBX}\nusers: ../users.json\n`, { audit: 'audit.jsonl' });
    expect(settings.pbx?.secretFile).toBe(join(folder, 'ami-secret'));
    expect(settings.users).toBe(join(folder, '../users.json'));
    expect(settings.audit).toBe('audit.jsonl');
  });

  it('need no file at all', () => {
    const { settings } = loadSettings(
      { ami: 'pbx', user: 'gw', amiTls: true, origin: ['https://a.example'] },
      { ASTERCLICK_SECRET_FILE: 's', ASTERCLICK_AMI_CA: 'ca.pem', ASTERCLICK_WAIT: 'yes' },
    );
    expect(settings).toMatchObject({
      pbx: { ami: { host: 'pbx', port: 5038 }, tls: { ca: 'ca.pem' } },
      origins: ['https://a.example'],
      wait: true,
    });
  });

  it('tell of each who said it, and of the rest that it is so by default', () => {
    const used = usedSettings(loaded(PBX, { ping: '5s' }));
    expect(used).toContainEqual({
      setting: 'pbx.ami',
      value: '192.0.2.1:5038',
      from: `${join(folder, 'gateway.yaml')}:1`,
    });
    expect(used).toContainEqual({ setting: 'ping', value: 5000, from: '--ping' });
    expect(used).toContainEqual({ setting: 'listen', value: '127.0.0.1:8088', from: 'default' });
  });

  it('tell which of those that changed a running gateway does not take over', () => {
    const before = loaded(`${PBX}\nlisten: 127.0.0.1:1\nlog: {level: info}`);
    const after = loaded(
      `${PBX.replace('gw', 'gw2')}\nlisten: 127.0.0.1:2\nlog: {level: warn, format: text}\norigins: ['*']`,
    );
    expect(needingRestart(before, after)).toEqual(['listen', 'log.format']);
    const more = loaded(`pbxs: {north: {ami: a, user: b, secretFile: c}}\nlisten: 127.0.0.1:1\nlog: {level: info}`);
    expect(needingRestart(before, more)).toContain('pbxs');
  });

  it.each<[string, string, object, Record<string, string>, RegExp]>([
    [
      'a key that is misspelt',
      `${PBX}\nlissen: x`,
      {},
      {},
      /gateway\.yaml:2: lissen is no setting; did you mean listen\?$/,
    ],
    [
      'a key that is like none',
      `${PBX}\nzzz: x`,
      {},
      {},
      /gateway\.yaml:2: zzz is no setting; there are pbx, pbxs, listen/,
    ],
    [
      'a key that is misspelt deeper',
      'pbx:\n  ami: x\n  usr: gw\n  secretFile: s',
      {},
      {},
      /gateway\.yaml:3: pbx\.usr is no setting; did you mean user\?$/,
    ],
    [
      'a key of several PBXs',
      'pbxs:\n  north:\n    ami: x\n    user: gw\n    secretFile: s\n    tsl: true',
      {},
      {},
      /gateway\.yaml:6: pbxs\.north\.tsl is no setting; did you mean tls\?$/,
    ],
    [
      'a key in what may be a switch',
      'pbx:\n  ami: x\n  user: gw\n  secretFile: s\n  tls:\n    cA: x',
      {},
      {},
      /gateway\.yaml:6: pbx\.tls\.cA is no setting; did you mean ca\?$/,
    ],
    [
      'a key that stands there twice',
      `${PBX}\nping: 1s\nping: 2s`,
      {},
      {},
      /gateway\.yaml:3: the same key stands here twice$/,
    ],
    ['no YAML', 'pbx: [', {}, {}, /gateway\.yaml:1: no YAML: /],
    ['no settings', '- a', {}, {}, /gateway\.yaml:1: this is no list of settings/],
    [
      'a number in place of text',
      PBX.replace('gw', '0123'),
      {},
      {},
      /gateway\.yaml:1: pbx\.user must be text; write it in quotes$/,
    ],
    [
      'a time without its unit',
      `${PBX}\nping: "30"`,
      {},
      {},
      /gateway\.yaml:2: ping is a time such as 30s or 5min, or off$/,
    ],
    ['a time that no kernel takes', `${PBX}\nkeepAlive: 10000h`, {}, {}, /keepAlive is longer than 24 days$/],
    ['a port that is none', PBX, { listen: 'x:70000' }, {}, /^--listen has a port above 65535$/],
    ['a host that is none', PBX, { metrics: 'x:y' }, {}, /^--metrics is written HOST:PORT/],
    [
      'an origin with a path',
      `${PBX}\norigins:\n  - https://a.example\n  - https://b.example/x`,
      {},
      {},
      /gateway\.yaml:4: origins\.1 is no origin such as/,
    ],
    [
      'a level that is none',
      PBX,
      {},
      { ASTERCLICK_LOG_LEVEL: 'loud' },
      /^ASTERCLICK_LOG_LEVEL must be one of error, warn, info, debug$/,
    ],
    [
      'a variable that is misspelt',
      PBX,
      {},
      { ASTERCLICK_LISTN: 'x' },
      /ASTERCLICK_LISTN, which sets nothing; did you mean ASTERCLICK_LISTEN\?$/,
    ],
    [
      'a switch that is neither',
      PBX,
      {},
      { ASTERCLICK_WAIT: 'maybe' },
      /^ASTERCLICK_WAIT is "maybe"; it is yes or no$/,
    ],
    ['no PBX', 'ping: 1s', {}, {}, /there must be a PBX/],
    [
      'a PBX without a name',
      'pbxs: {"a b": {ami: x, user: y, secretFile: z}}',
      {},
      {},
      /pbxs\.a b is no name for a PBX/,
    ],
    [
      'one PBX and several',
      'pbxs: {a: {ami: x, user: y, secretFile: z}}',
      { ami: 'x' },
      {},
      /^--ami says something of one PBX, but there are several \(pbxs, .*gateway\.yaml:1\)/,
    ],
    [
      'something that is missing',
      'pbx: {ami: x, secretFile: s}',
      {},
      {},
      /gateway\.yaml:1: pbx\.user is missing: its AMI user, as in manager\.conf \(--user\)$/,
    ],
    ['an empty limit', `${PBX}\nlimits: {messageBurst: 0}`, {}, {}, /gateway\.yaml:2: limits\.messageBurst Too small/],
  ])('are refused in one line where there is %s', (_, text, options, environment, message) => {
    let said = '';
    try {
      loaded(text, options, environment);
    } catch (error) {
      said = (error as Error).message;
      expect(error).toMatchObject({ code: 'CLI_BAD_SETTING' });
    }
    expect(said).toMatch(message);
    expect(said).not.toContain('\n');
  });
});
