import { isPermittedFrom } from '../server/is-permitted-from.ts';
import type { SessionHost } from '../server/session-host.ts';
import type { DigestUsers } from './digest-door.ts';

/** Sessions over HTTP come from this machine, as far as rules of addresses are concerned. */
const ADDRESS = '127.0.0.1';

/** The users of manager.conf, as they may come in by digest. */
export function digestUsers(host: SessionHost): DigestUsers {
  return {
    // Source: `manager_set_defaults`, main/manager.c
    realm: host.pbx.state.systemName || 'asterisk',
    find(name) {
      const account = host.settings.users.get(name.toLowerCase());
      // who has no secret can't prove to know it
      if (account?.secret === undefined) return undefined;
      const permitted = isPermittedFrom(ADDRESS, account, host.pbx.config.acls);
      return { name: account.name, secret: account.secret, permitted };
    },
  };
}
