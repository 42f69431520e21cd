import { AmiError } from '../../ami/ami-error.ts';
import type { PbxParts } from './gateway-parts.node.ts';

/** What the first attempt at a PBX failed of, and what would be right. Other errors stay as they are. */
export function withHint(error: unknown, pbxs: readonly PbxParts[]): unknown {
  if (!(error instanceof AmiError)) return error;
  const pbx = pbxs.find(({ ami }) => error.message.includes(`${ami.host}:${ami.port}`)) ?? pbxs[0];
  const hint = tlsHint(error) ?? HINTS[error.code];
  if (hint === undefined || pbx === undefined) return error;
  const place = pbxs.length > 1 && pbx !== undefined && !error.message.includes(pbx.ami.host) ? 'it' : placeOf(pbx);
  const words = hint.replace('PLACE', place).replace('USER', pbx.user).replace('FILE', pbx.secretFile);
  return new AmiError(error.code, `${error.message}; ${words}`, { cause: error });
}

function placeOf({ ami: { host, port } }: PbxParts): string {
  return `${host}:${port}`;
}

const UNREACHABLE = 'is the PBX up, and --ami right? (--wait goes on trying)';

const HINTS: Partial<Record<AmiError['code'], string>> = {
  AMI_LOGIN_REFUSED:
    'the PBX at PLACE wants user USER and the secret in FILE as its manager.conf has them, from an address that it permits',
  AMI_CONNECT_FAILED: UNREACHABLE,
  AMI_CONNECT_TIMEOUT: UNREACHABLE,
  AMI_BAD_BANNER: 'is PLACE the port of AMI (5038 in most cases)?',
  AMI_LINK_LOST: 'PLACE closed the connection; is it the port of AMI (5038 in most cases), and not one for TLS?',
  AMI_TIMEOUT: 'PLACE does not answer as AMI does; is it the port of AMI (5038 in most cases), and not one for TLS?',
};

const UNTRUSTED = 'its certificate is vouched for by nobody that is known here; --ami-ca (pbx.tls.ca) names who does';

/** By the code of the TLS library. */
const TLS_HINTS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_HAS_EXPIRED: 'its certificate has ended; renew it at the PBX',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name; --ami-name (pbx.tls.name) says which is right',
  ERR_SSL_WRONG_VERSION_NUMBER: 'there is no TLS at PLACE; is it the port of tlsbindaddr (5039 in most cases)?',
};

function tlsHint({ cause }: AmiError): string | undefined {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return TLS_HINTS[code];
}
