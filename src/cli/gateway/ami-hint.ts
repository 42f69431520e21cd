import { AmiError } from '../../ami/ami-error.ts';
import { type TlsFault, tlsFaultOf } from '../tls-fault.ts';
import type { PbxParts } from './gateway-parts.node.ts';

/**
 * What the first attempt at a PBX failed of, and what would be right. Other errors stay as they are.
 * @param waits further attempts are made anyway
 */
export function withHint(error: unknown, pbxs: readonly PbxParts[], waits: boolean): unknown {
  if (!(error instanceof AmiError)) return error;
  const pbx = pbxs.find(({ ami }) => error.message.includes(`${ami.host}:${ami.port}`)) ?? pbxs[0];
  const hint = tlsHint(error) ?? (waits && UNREACHED.has(error.code) ? WAITING : HINTS[error.code]);
  if (hint === undefined || pbx === undefined) return error;
  const place = pbxs.length > 1 && pbx !== undefined && !error.message.includes(pbx.ami.host) ? 'it' : placeOf(pbx);
  const words = hint.replace('PLACE', place).replace('USER', pbx.user).replace('FILE', pbx.secretFile);
  return new AmiError(error.code, `${error.message}; ${words}`, { cause: error });
}

function placeOf({ ami: { host, port } }: PbxParts): string {
  return `${host}:${port}`;
}

const WAITING = 'is the PBX up, and --ami (pbx.ami) right?';
const UNREACHABLE = 'is the PBX up, and --ami (pbx.ami) right? (--wait goes on trying)';

const UNREACHED: ReadonlySet<string> = new Set(['AMI_CONNECT_FAILED', 'AMI_CONNECT_TIMEOUT']);

const HINTS: Partial<Record<AmiError['code'], string>> = {
  AMI_LOGIN_REFUSED:
    'the PBX at PLACE wants user USER and the secret in FILE as its manager.conf has them, from an address that it permits',
  AMI_CONNECT_FAILED: UNREACHABLE,
  AMI_CONNECT_TIMEOUT: UNREACHABLE,
  AMI_BAD_BANNER: 'is PLACE the port of AMI (5038 in most cases)?',
  AMI_LINK_LOST: 'PLACE closed the connection; is it the port of AMI (5038 in most cases), and not one for TLS?',
  AMI_TIMEOUT: 'PLACE does not answer as AMI does; is it the port of AMI (5038 in most cases), and not one for TLS?',
};

const TLS_HINTS: Readonly<Record<TlsFault, string>> = {
  untrusted: 'its certificate is vouched for by nobody that is known here; --ami-ca (pbx.tls.ca) names who does',
  expired: 'its certificate has ended; renew it at the PBX',
  'other-name': 'its certificate is for another name; --ami-name (pbx.tls.name) says which is right',
  'no-tls': 'there is no TLS at PLACE; is it the port of tlsbindaddr (5039 in most cases)?',
};

function tlsHint(error: AmiError): string | undefined {
  const fault = tlsFaultOf(error);
  return fault === undefined ? undefined : TLS_HINTS[fault];
}
