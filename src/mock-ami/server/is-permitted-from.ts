import { isPermitted } from '../config/acl.ts';
import type { PbxConfig } from '../config/pbx-config.ts';
import type { ManagerAccount } from './manager-settings.ts';

/** Whether a user may come from that address: by the rules of its own, and by each list that it names, which must be there. */
export function isPermittedFrom(address: string, account: ManagerAccount, acls: PbxConfig['acls']): boolean {
  const named = account.namedAcls.map((wanted) => acls.find(({ name }) => name === wanted)?.rules);
  return [account.acl, ...named].every((rules) => rules !== undefined && isPermitted(rules, address));
}
