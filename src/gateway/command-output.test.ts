import { describe, expect, test } from 'vitest';
import { Office, users } from './office.test-support.ts';
import { BUILT_IN_ROLES, type Role } from './roles.ts';
import { COMPACT_PROTOCOL, JSON_PROTOCOL, XML_PROTOCOL } from './wire/protocol.ts';

/** As Asterisk 22 answers. Source: recording `command-action`. */
const NEW = (id: string, response = 'Success') =>
  `Response: ${response}\r\nActionID: ${id}\r\nMessage: Command output follows\r\nOutput: Queue: <sales>\r\nOutput: \r\nOutput:   PJSIP/1001\r\n\r\n`;
/** As Asterisk 11 did: one block, its lines ended by a bare LF. */
const OLD = (id: string) =>
  `Response: Follows\r\nPrivilege: Command\r\nActionID: ${id}\r\nQueue: <sales>\n\n  PJSIP/1001\n--END COMMAND--\r\n\r\n`;
const LINES = ['Queue: <sales>', '', '  PJSIP/1001'];

/** Olga may ask for the queues on the command line; what she asks is answered by `answer`. Gives the text of the reply. */
async function commandOffice(answer: (actionId: string) => string, bounds: Partial<Role> = {}) {
  const actions = { Command: { Command: ['queue show'] } };
  const role = { ...(BUILT_IN_ROLES['operator'] as Role), actions, ...bounds };
  const office = await Office.open({ users: { version: 1, roles: { operator: role }, users: await users() } });
  const { pbx } = office;
  pbx.silentOn.add('Command');
  const ask = async (protocol: string, command = 'queue show') => {
    const browser = office.connect(protocol);
    const texts: string[] = [];
    browser.send = ({ text }) => void texts.push(text);
    const isXml = protocol === XML_PROTOCOL;
    browser.says(isXml ? '<login username="olga" secret="olga"/>' : '{"type":"hello","user":"olga","secret":"olga"}');
    await office.until(() => texts.length > 0);
    texts.length = 0;
    const asked = pbx.actions.length;
    const headers = { Command: command };
    if (isXml) browser.says(`<command command="${command}"/>`);
    else browser.says({ type: 'command', id: 1, do: 'action', name: 'Command', headers });
    await office.until(() => pbx.actions.length > asked || texts.length > 0);
    if (texts.length === 0) pbx.raw(answer(pbx.actions.at(-1)?.get('ActionID') ?? ''));
    await office.until(() => texts.length > 0);
    return texts[0] ?? '';
  };
  return { ask, pbx };
}

describe.each([
  ['of today', NEW],
  ['of old', OLD],
])('what a command of the command line printed, in the form %s,', (_, answer) => {
  test.each([JSON_PROTOCOL, COMPACT_PROTOCOL])('comes line by line in %s', async (protocol) => {
    const { ask } = await commandOffice(answer);
    expect(JSON.parse(await ask(protocol))).toEqual({
      type: 'reply',
      id: 1,
      ok: true,
      response: { Response: 'Success', Message: 'Command output follows', Output: LINES },
    });
  });

  test('comes line by line in XML', async () => {
    const { ask } = await commandOffice(answer);
    const reply = await ask(XML_PROTOCOL);
    expect(reply).toContain('<event name="_amisuccess">');
    expect([...reply.matchAll(/<output>([^<]*)<\/output>|<output \/>/g)].map(([, text = '']) => text)).toEqual(
      LINES.map((line) => line.replace('<', '&lt;').replace('>', '&gt;')),
    );
    expect(reply).not.toMatch(/END COMMAND|<queue>/);
  });
});

describe('a command of the command line', () => {
  test('that prints one line, or nothing, is answered in both forms alike', async () => {
    const said = async (old: string, today: string) =>
      Promise.all(
        [
          (id: string) => `Response: Follows\r\nPrivilege: Command\r\nActionID: ${id}\r\n${old}--END COMMAND--\r\n\r\n`,
          (id: string) =>
            `Response: Success\r\nActionID: ${id}\r\nMessage: Command output follows\r\nOutput: ${today}\r\n\r\n`,
        ].map(async (answer) => JSON.parse(await (await commandOffice(answer)).ask(JSON_PROTOCOL)).response.Output),
      );
    expect(await said('Asterisk 11\n', 'Asterisk 11')).toEqual(['Asterisk 11', 'Asterisk 11']);
    expect(await said('', '')).toEqual(['', '']);
    expect(await said('Privilege: a\nb\n', 'x')).toEqual([['Privilege: a', 'b'], 'x']);
  });

  test('that fails is refused with what it printed, to whom nothing is hidden', async () => {
    const failing = (id: string) => NEW(id, 'Error');
    const { ask } = await commandOffice(failing);
    const refusal = { ok: false, code: 'GATEWAY_ACTION_FAILED', message: 'Queue: <sales>\n  PJSIP/1001' };
    expect(JSON.parse(await ask(JSON_PROTOCOL))).toMatchObject(refusal);
    const hiding = await commandOffice(failing, { hiddenHeaders: ['CallerIDNum'] });
    expect(JSON.parse(await hiding.ask(JSON_PROTOCOL))).toMatchObject({ ...refusal, message: 'The PBX refused' });
  });

  test.each([
    ['hides headers', { hiddenHeaders: ['CallerIDNum'] }],
    ['sees a few extensions', { extensions: ['1001'] }],
    ['sees a few events', { events: ['Queue*'] }],
  ])('shows nothing of what it printed to a role that %s: nobody can tell what stands there', async (__, bounds) => {
    for (const answer of [NEW, OLD]) {
      const { ask } = await commandOffice(answer, bounds);
      expect(JSON.parse(await ask(JSON_PROTOCOL)).response).not.toHaveProperty('Output');
    }
  });

  test('is sent as it was asked for, and no other is', async () => {
    const { ask, pbx } = await commandOffice(NEW);
    await ask(JSON_PROTOCOL);
    expect(pbx.actions.at(-1)?.headers.filter(([name]) => name !== 'ActionID')).toEqual([
      ['Action', 'Command'],
      ['Command', 'queue show'],
    ]);
    expect(JSON.parse(await ask(JSON_PROTOCOL, 'core stop now'))).toMatchObject({ code: 'GATEWAY_FORBIDDEN' });
  });
});
