import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { listDialplan } from '../dialplan/list-dialplan.ts';
import { describeConfigWarning } from './config-warning.ts';
import { loadConfig } from './load-config.node.ts';
import { readPbxConfig } from './pbx-config.ts';
import { smallOffice } from './small-office.ts';

const lab = loadConfig(fileURLToPath(new URL('../../../fixtures/lab', import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'conf-'));
afterAll(() => rmSync(folder, { recursive: true }));

function warningsOf(files: Readonly<Record<string, string>>, known?: Parameters<typeof readPbxConfig>[1]): string[] {
  return readPbxConfig(new Map(Object.entries(files)), known).warnings.map(describeConfigWarning);
}

describe('readPbxConfig', () => {
  it('reads the configuration of a real PBX without a word', () => {
    const { config, warnings } = readPbxConfig(lab);
    expect(warnings).toEqual([]);
    expect([...config.pjsip.endpoints.keys()]).toEqual([
      '1001',
      '1002',
      '1003',
      '1004',
      '1005',
      '1006',
      '1007',
      '1008',
      '1090',
      'trunk',
    ]);
    expect(config.pjsip.endpoints.get('1001')).toMatchObject({
      callerId: { name: 'Alice Adams', number: '1001' },
      context: 'from-phones',
      accountCode: 'acc1001',
      callGroup: [1],
      pickupGroup: [1],
      mohSuggest: 'default',
      mailboxes: ['1001@default'],
      allow: ['ulaw', 'alaw'],
    });
    expect(config.pjsip.endpoints.get('trunk')).toMatchObject({
      auth: '',
      callerId: { name: '', number: '' },
      aors: ['trunk'],
    });
    expect(config.pjsip.aors.get('1001')).toMatchObject({
      maxContacts: 1,
      qualifyFrequencyS: 60,
      removeExisting: true,
    });
    expect(config.pjsip.aors.get('trunk')?.contacts).toEqual(['sip:127.0.0.2:5080']);
    expect(config.pjsip.identifies.get('trunk')?.match).toEqual(['127.0.0.2/32']);
    expect([...config.manager.users.keys()]).toEqual(['admin', 'panel', 'readonly', 'nobody', 'filtered', 'acl']);
    expect([...config.queues.queues.keys()]).toEqual(['support', 'sales', 'tiny']);
    expect([...config.agents.values()].map(({ id, fullName }) => `${id} ${fullName}`)).toEqual([
      '2001 Agent One',
      '2002 Agent Two',
    ]);
    expect(config.features.general.pickupexten).toBe('*8');
    expect(config.features.featureMap).toMatchObject({ blindxfer: '##', atxfer: '*2', parkcall: '#72' });
    expect([...config.parking.lots.values()].map(({ name, parkingTimeS }) => [name, parkingTimeS])).toEqual([
      ['default', 45],
      ['short', 4],
    ]);
    expect(config.voicemail.mailboxes).toHaveLength(8);
    expect(config.confbridge.users.get('labadmin')).toMatchObject({
      admin: true,
      quiet: true,
      talkDetectionEvents: true,
    });
    expect(config.records).toMatchObject({
      cdr: { enabled: true, unanswered: true },
      cdrManager: { enabled: false },
      cel: { enabled: true, apps: ['all'] },
      celManager: { enabled: false },
    });
    expect([config.http.port, config.asterisk.directories.get('ASTETCDIR')]).toEqual([8088, '/etc/asterisk']);
    expect(config.dialplan.globals).toEqual([{ name: 'LABNAME', value: 'lab' }]);
    expect(listDialplan(config.dialplan)).toMatchObject({ extensions: 84, priorities: 190 });
  });

  it('has a small office built in, which needs no warning', () => {
    const { config, warnings } = readPbxConfig(smallOffice);
    expect(warnings).toEqual([]);
    expect([...config.pjsip.endpoints.keys()]).toEqual([
      '1001',
      '1002',
      '1003',
      '1004',
      '1005',
      '1006',
      '1007',
      '1008',
      'trunk',
    ]);
    expect([...config.queues.queues.keys()]).toEqual(['support', 'sales']);
    expect([...config.manager.users.keys()]).toEqual(['admin', 'panel', 'readonly']);
  });

  it('is content with no file at all', () => {
    expect(readPbxConfig(new Map()).warnings).toEqual([]);
  });

  it('names unknown applications and functions once, at their first place', () => {
    const extensions =
      '[a]\nexten => 1,1,Noop(${LEN(x)})\n same => n,Fly(high)\n same => n,Fly()\n same => n,Set(WINGS(x)=${SHOE(1)})\n same => n,Dial,SIP/1';
    expect(
      warningsOf({ 'extensions.conf': extensions }, { applications: ['NoOp', 'Set', 'Dial'], functions: ['LEN'] }),
    ).toEqual([
      'extensions.conf:3: the application Fly() is not known and does nothing, as NoOp()',
      'extensions.conf:5: the function SHOE() is not known and reads as an empty text',
      'extensions.conf:5: the function WINGS() is not known and reads as an empty text',
      'extensions.conf:6: "Dial,SIP/1" is no application; arguments stand in parentheses: Dial(SIP/1)',
    ]);
  });

  it('warns of a context that is included and not there, but not of a parking lot', () => {
    expect(
      warningsOf({
        'extensions.conf': '[a]\ninclude => b\ninclude => parkedcalls',
        'res_parking.conf': '[default]\nparkext=700',
      }),
    ).toEqual(['extensions.conf:2: [a] includes "b", which is no context; add [b], or take the include out']);
  });

  it('finds included files by name, pattern and path', () => {
    const files = {
      'extensions.conf': '#include "conf.d/*.conf"\n#include /etc/asterisk/more.inc',
      'conf.d/b.conf': '[b]\nexten => 1,1,Answer()',
      'conf.d/a.conf': '[a]\ninclude => b',
      'more.inc': '[c]\ninclude => a',
    };
    const { config, warnings } = readPbxConfig(new Map(Object.entries(files)));
    expect(warnings).toEqual([]);
    expect(config.dialplan.contexts.map(({ name }) => name)).toEqual(['__func_periodic_hook_context__', 'c', 'b', 'a']);
  });
});

describe('loadConfig', () => {
  it('reads .conf files of a folder and below, and what they include', () => {
    mkdirSync(join(folder, 'conf.d'));
    writeFileSync(join(folder, 'extensions.conf'), '#include "phones.inc"\n#include "gone.inc"\n#include "../secret"');
    writeFileSync(join(folder, 'phones.inc'), '[phones]');
    writeFileSync(join(folder, 'notes.txt'), 'no');
    writeFileSync(join(folder, 'conf.d', 'a.conf'), '[a]');
    expect([...loadConfig(folder)].map(([name]) => name)).toEqual(['conf.d/a.conf', 'extensions.conf', 'phones.inc']);
  });

  it.each([
    ['missing', 'CONFIG_FOLDER_NOT_FOUND'],
    ['conf.d/a.conf', 'CONFIG_FOLDER_NOT_FOUND'],
    ['empty', 'CONFIG_FOLDER_EMPTY'],
  ])('refuses %s with %s', (name, code) => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    expect(() => loadConfig(join(folder, name))).toThrow(expect.objectContaining({ code }));
  });
});
