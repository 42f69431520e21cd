import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { TlsFiles } from '../../gateway/gateway-server.node.ts';
import { attempt, type NamedFiles } from './named-files.node.ts';

const SOON_MS = 14 * 24 * 3_600_000;

/** A certificate that vouches for others. */
export function authority(path: string, at: string, read: NamedFiles): string {
  const text = read.text(path, at);
  try {
    new X509Certificate(text);
    return text;
  } catch (cause) {
    throw read.bad(path, at, 'holds no certificate (PEM)', cause);
  }
}

/** A certificate that a server could show, and its own key. */
export function certificate({ cert, key }: { cert: string; key: string }, read: NamedFiles, notes: string[]): TlsFiles {
  const texts = { cert: read.text(cert, 'tls.cert'), key: read.secret(key, 'tls.key').toString('utf8') };
  const shown = attempt(
    () => new X509Certificate(texts.cert),
    (cause) => read.bad(cert, 'tls.cert', 'holds no certificate (PEM)', cause),
  );
  const secret = attempt(
    () => createPrivateKey(texts.key),
    (cause) => read.bad(key, 'tls.key', 'holds no key that can be read without a passphrase (PEM)', cause),
  );
  if (!shown.checkPrivateKey(secret)) throw read.bad(key, 'tls.key', `is not the key of the certificate in ${cert}`);
  const endsMs = Date.parse(shown.validTo);
  if (endsMs < Date.now()) notes.push(`the certificate in ${cert} ended on ${shown.validTo}`);
  else if (endsMs < Date.now() + SOON_MS) notes.push(`the certificate in ${cert} ends on ${shown.validTo}`);
  return texts;
}
