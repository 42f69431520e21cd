import { AmiError } from '../../ami/ami-error.ts';
import type { Digest, Runtime } from '../../ami/runtime.ts';
import { Gateway } from '../../gateway/gateway.ts';
import { hashSecret } from '../../gateway/secret-hash.ts';
import type { SimulatedStage } from '../../mock-ami/simulated-stage.ts';

/** Whoever has the tab open. */
export const TAB_USER = { user: 'tab', secret: 'tab' } as const;

/** AMI user of the small office, and of every configuration that has one of that name. */
const AMI_USER = 'admin';

/** A gateway before the simulated PBX of this tab, over links in memory. It is not open yet. */
export async function gatewayFor(stage: SimulatedStage, platform: Runtime): Promise<Gateway> {
  const runtime: Runtime = { ...platform, digest: quickDigest(platform.digest) };
  const secret = await hashSecret(TAB_USER.secret, runtime.digest);
  return new Gateway({
    runtime,
    pbx: {
      connect: async () => {
        const link = stage.connect();
        if (!link) throw new AmiError('AMI_CONNECT_FAILED', 'The simulated PBX is down');
        return link;
      },
      credentials: { username: AMI_USER, secret: stage.managerSecret(AMI_USER) ?? '' },
    },
    users: { version: 1, users: [{ name: TAB_USER.user, secret, role: 'operator' }] },
  });
}

/** Hashing a secret is made slow to protect it; in a tab of one's own there is nothing to protect, and nobody should wait. */
function quickDigest(digest: Digest): Digest {
  return { ...digest, scrypt: (secret, salt, parameters) => digest.scrypt(secret, salt, { ...parameters, cost: 2 }) };
}
