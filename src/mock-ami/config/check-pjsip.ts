import type { ConfCategory } from './conf-file.ts';
import type { WarningSink } from './config-warning.ts';
import type { PjsipConf } from './pjsip-types.ts';

/** Names each thing of pjsip.conf that another one names and that is not there. */
export function checkPjsip(
  pjsip: PjsipConf,
  byType: (type: string) => readonly ConfCategory[],
  warn: WarningSink,
): void {
  const report = (type: string, name: string, message: string) => {
    const category = byType(type).find((candidate) => candidate.name === name);
    warn({ file: category?.file ?? 'pjsip.conf', line: category?.line ?? 0, severity: 'warning', message });
  };
  for (const endpoint of pjsip.endpoints.values()) {
    for (const aor of endpoint.aors) {
      if (!pjsip.aors.has(aor)) report('endpoint', endpoint.name, missing(`endpoint [${endpoint.name}]`, 'aor', aor));
    }
    for (const auth of [endpoint.auth, endpoint.outboundAuth]) {
      if (auth !== '' && !pjsip.auths.has(auth))
        report('endpoint', endpoint.name, missing(`endpoint [${endpoint.name}]`, 'auth', auth));
    }
  }
  for (const { name, endpoint } of pjsip.identifies.values()) {
    if (!pjsip.endpoints.has(endpoint)) report('identify', name, missing(`identify [${name}]`, 'endpoint', endpoint));
  }
  for (const { name, serverUri, clientUri } of pjsip.registrations.values()) {
    if (serverUri === '' || clientUri === '')
      report('registration', name, `registration [${name}] needs server_uri and client_uri`);
  }
}

function missing(who: string, type: string, name: string): string {
  return `${who} names the ${type} "${name}", which is not there; add [${name}] with type = ${type}`;
}
