import { describe, expect, it } from 'vitest';
import { type AclRule, isPermitted } from './acl.ts';

const deny = (network: string): AclRule => ({ allow: false, network });
const permit = (network: string): AclRule => ({ allow: true, network });

describe('isPermitted', () => {
  it.each<[string, readonly AclRule[], string, boolean]>([
    ['without rules anybody', [], '10.0.0.1', true],
    ['nobody where all is denied', [deny('0.0.0.0/0.0.0.0')], '127.0.0.1', false],
    ['what a later rule permits', [deny('0.0.0.0/0'), permit('127.0.0.1/255.255.255.255')], '127.0.0.1', true],
    ['nobody else', [deny('0.0.0.0/0'), permit('127.0.0.1/255.255.255.255')], '127.0.0.2', false],
    ['the last rule that fits', [permit('10.0.0.0/8'), deny('10.1.0.0/16')], '10.1.2.3', false],
    ['a network without a mask as one address', [deny('0.0.0.0/0'), permit('10.0.0.1')], '10.0.0.1', true],
    ['IPv4 in IPv6 clothes', [deny('0.0.0.0/0'), permit('127.0.0.1')], '::ffff:127.0.0.1', true],
    ['IPv6', [deny('::/0'), permit('fe80::/10')], 'fe80::1', true],
    ['IPv6 outside', [deny('::/0'), permit('fe80::/10')], '2001:db8::1', false],
    ['no family of addresses that the rules do not name', [deny('0.0.0.0/0')], '::1', true],
    ['nothing by a rule that is none', [deny('10.0.0.0/99'), deny('300.0.0.0/8'), deny('10:::/8')], '10.0.0.1', true],
  ])('lets in %s', (_rule, rules, address, expected) => {
    expect(isPermitted(rules, address)).toBe(expected);
  });
});
