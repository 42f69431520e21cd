import type { AmiError } from '../ami/ami-error.ts';

/** What is wrong with the TLS of a server, as far as an option can mend it. */
export type TlsFault = 'untrusted' | 'expired' | 'other-name' | 'no-tls';

/** By the code of the TLS library. */
const FAULTS: ReadonlyMap<string, TlsFault> = new Map([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted'],
  ['CERT_HAS_EXPIRED', 'expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'other-name'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'no-tls'],
]);

/** What kept TLS from coming about; `undefined` where something else did. */
export function tlsFaultOf({ cause }: AmiError): TlsFault | undefined {
  return FAULTS.get(cause instanceof Error && 'code' in cause ? String(cause.code) : '');
}
