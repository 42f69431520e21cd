import { expect, it } from 'vitest';
import type { UsersFile } from '../../gateway/users.ts';
import { explainText, explainUser } from './explain-user.ts';
import type { GatewayParts } from './gateway-parts.node.ts';

const USERS: UsersFile = {
  version: 1,
  roles: {
    clerk: {
      events: ['Queue*'],
      hiddenHeaders: ['CallerIDNum'],
      extensions: 'own',
      queues: ['sales'],
      pbxs: ['south'],
      commands: ['hangUp', 'action'],
      channels: 'own',
      actions: { QueuePause: { Queue: 'name', Paused: 'flag' } },
    },
  },
  users: [
    { name: 'ann', secret: 's', role: 'clerk', extension: '1001', pbx: 'south' },
    { name: 'ben', secret: 's', role: 'clerk', extension: '1002' },
    { name: 'cat', secret: 's', role: 'viewer' },
    { name: 'dan', secret: 's', role: 'agent' },
  ],
};

const parts = (...pbxs: readonly string[]) =>
  ({ users: USERS, pbxs: pbxs.map((name) => ({ name })), notes: [] }) as unknown as GatewayParts;

it('tells what a user sees and may', () => {
  expect(explainText(explainUser('ann', parts('north', 'south', 'east')))).toBe(
    [
      'ann has the role clerk, own extension 1001 on south.',
      '  PBXs        south',
      '  sees',
      '    events      Queue*',
      '    without     headers CallerIDNum',
      '    extensions  1001',
      '    queues      sales',
      '  may hangUp, action from the own extension, on its channels',
      '  may send the actions',
      '    QueuePause (Queue: name, Paused: flag)',
      '',
    ].join('\n'),
  );
});

it('tells all and nothing as such', () => {
  const text = explainText(explainUser('cat', parts('pbx')));
  expect(text).toContain('extensions  all\n');
  expect(text).toContain('  may do nothing\n');
});

it.each([
  ['ben', ['north', 'south'], ['the own extension is on north, which the role does not see']],
  [
    'ann',
    ['north'],
    ['the own extension is on south, and there is no such PBX', 'the role sees none of the PBXs: logins are refused'],
  ],
  ['dan', ['pbx'], ['the role acts for the own extension only, and there is none: commands on channels are refused']],
  ['cat', ['pbx'], []],
])('notes what will not work for %s on %s', (user, pbxs, notes) => {
  expect(explainUser(user, parts(...pbxs)).notes).toEqual(notes);
});

it('names the nearest where there is no such user', () => {
  expect(() => explainUser('anne', parts('pbx'))).toThrow('there is no user "anne"; did you mean ann?');
  expect(() => explainUser('zoe', parts('pbx'))).toThrow('there is no user "zoe"; there are ann, ben, cat, dan');
});
