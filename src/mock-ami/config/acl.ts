import type { ConfFile } from './conf-file.ts';
import { ConfValues } from './conf-values.ts';

/** One line of an access list; of several that fit an address the last decides. */
export interface AclRule {
  readonly allow: boolean;
  /** `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `::1` or `0.0.0.0/0`. */
  readonly network: string;
}

export interface Acl {
  readonly name: string;
  readonly rules: readonly AclRule[];
}

/** The `permit` and `deny` lines of a category, in order; `!` before a network turns it around. */
export function readAclRules(values: ConfValues): readonly AclRule[] {
  return (values.category?.entries ?? []).flatMap((entry) => {
    const sense = entry.name.toLowerCase();
    if (sense !== 'permit' && sense !== 'deny') return [];
    return entry.value
      .split(',')
      .map((network) => network.trim())
      .filter((network) => network !== '')
      .map((network) => ({
        allow: (sense === 'permit') !== network.startsWith('!'),
        network: network.replace(/^!/, ''),
      }));
  });
}

/** acl.conf: lists that users name. */
export function readAclConf(conf: ConfFile): readonly Acl[] {
  return conf.categories
    .filter((category) => !category.template)
    .map((category) => ({ name: category.name, rules: readAclRules(new ConfValues(category)) }));
}

/** Whether an address may connect: yes unless the last rule that fits it denies. Source: main/acl.c, ast_apply_ha. */
export function isPermitted(rules: readonly AclRule[], address: string): boolean {
  const bits = addressBits(address);
  const last = rules.findLast((rule) => bits !== undefined && isWithin(bits, rule.network));
  return last?.allow ?? true;
}

function isWithin(address: string, network: string): boolean {
  const [base = '', mask] = network.split('/');
  const bits = addressBits(base);
  if (bits === undefined || bits.length !== address.length) return false;
  const maskBits = maskOf(mask, bits.length);
  return maskBits !== undefined && [...maskBits].every((bit, index) => bit === '0' || bits[index] === address[index]);
}

function maskOf(mask: string | undefined, length: number): string | undefined {
  if (mask === undefined) return '1'.repeat(length);
  if (!/^\d+$/.test(mask)) return addressBits(mask);
  return Number(mask) <= length ? '1'.repeat(Number(mask)).padEnd(length, '0') : undefined;
}

/** 32 or 128 bits as text; an IPv4 address in IPv6's clothes counts as IPv4. */
function addressBits(address: string): string | undefined {
  const plain = address.replace(/^\[|\]$/g, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (plain.includes(':')) return ipv6Bits(plain);
  const parts = plain.split('.');
  const valid = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return valid ? parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('') : undefined;
}

function ipv6Bits(address: string): string | undefined {
  const [head = '', tail, ...more] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const known = [...groups(head), ...groups(tail ?? '')];
  const missing = 8 - known.length;
  if (more.length > 0 || missing < 0 || (tail === undefined && missing > 0)) return undefined;
  const all = [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail ?? '')];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
