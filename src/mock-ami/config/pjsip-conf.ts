import { checkPjsip } from './check-pjsip.ts';
import type { ConfCategory, ConfFile } from './conf-file.ts';
import { ConfValues } from './conf-values.ts';
import type { WarningSink } from './config-warning.ts';
import { readAor, readAuth, readEndpoint, readIdentify, readRegistration, readTransport } from './pjsip-objects.ts';
import type { PjsipConf } from './pjsip-types.ts';

const otherTypes = [
  'system',
  'acl',
  'contact',
  'domain_alias',
  'subscription_list',
  'resource_list',
  'inbound-publication',
  'outbound-publish',
  'asterisk-publication',
  'phoneprov',
];

/** pjsip.conf: categories of equal names are different things by their `type`. */
export function readPjsipConf(conf: ConfFile, warn: WarningSink): PjsipConf {
  const byType = groupByType(conf, warn);
  const all = <Thing extends { readonly name: string }>(
    type: string,
    read: (values: ConfValues, name: string, warn: WarningSink) => Thing,
  ) => new Map(byType(type).map((category) => [category.name, read(new ConfValues(category), category.name, warn)]));
  const pjsip: PjsipConf = {
    endpoints: all('endpoint', readEndpoint),
    auths: all('auth', readAuth),
    aors: all('aor', readAor),
    identifies: all('identify', readIdentify),
    registrations: all('registration', readRegistration),
    transports: all('transport', readTransport),
    userAgent: new ConfValues(byType('global')[0]).text('user_agent') ?? 'Asterisk PBX',
  };
  checkPjsip(pjsip, byType, warn);
  return pjsip;
}

function groupByType(conf: ConfFile, warn: WarningSink): (type: string) => readonly ConfCategory[] {
  const typed = conf.categories
    .filter((category) => !category.template)
    .map((category) => ({ category, type: new ConfValues(category).text('type') ?? '' }));
  const known = ['endpoint', 'auth', 'aor', 'identify', 'registration', 'transport', 'global', ...otherTypes];
  for (const { category, type } of typed) {
    const { file, line, name } = category;
    if (type === '')
      warn({ file, line, severity: 'warning', message: `[${name}] has no type; add type = endpoint, aor, auth ...` });
    else if (!known.includes(type)) {
      warn({
        file,
        line,
        severity: 'warning',
        message: `[${name}] has the unknown type "${type}"; there are ${known.join(', ')}`,
      });
    }
  }
  return (type) => typed.filter((candidate) => candidate.type === type).map(({ category }) => category);
}
