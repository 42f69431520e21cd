import type { OfficePeople, OfficeWorker } from './office-people.ts';

/** An AMI user with every right, such as a gateway needs. */
export interface OfficeAmiUser {
  readonly name: string;
  readonly secret: string;
}

/** Name of the endpoint through which calls from outside come. */
export const OFFICE_TRUNK = 'trunk';

/** Asterisk's configuration of that office, by file name: a phone and a hint for everybody, a trunk, a queue, one AMI user. */
export function officeConfig({ workers }: OfficePeople, ami: OfficeAmiUser): Map<string, string> {
  return new Map([
    ['extensions.conf', extensions(workers)],
    ['pjsip.conf', pjsip(workers)],
    ['queues.conf', queues(workers)],
    ['manager.conf', manager(ami)],
  ]);
}

function extensions(workers: readonly OfficeWorker[]): string {
  const hints = workers.map(({ extension }) => `exten => ${extension},hint,PJSIP/${extension}`);
  return lines(
    '[office]',
    ...hints,
    'exten => _1XXX,1,Dial(PJSIP/${EXTEN},30)',
    ' same => n,Hangup()',
    '',
    '[from-outside]',
    'exten => _1XXX,1,Goto(office,${EXTEN},1)',
  );
}

function pjsip(workers: readonly OfficeWorker[]): string {
  return lines(
    '[desk](!)',
    'type = endpoint',
    'context = office',
    'moh_suggest = default',
    '',
    ...workers.flatMap(({ extension, name }) => [
      `[${extension}](desk)`,
      `aors = ${extension}`,
      `callerid = "${name}" <${extension}>`,
      `[${extension}]`,
      'type = aor',
      'max_contacts = 1',
      '',
    ]),
    `[${OFFICE_TRUNK}]`,
    'type = endpoint',
    'context = from-outside',
    `aors = ${OFFICE_TRUNK}`,
    `[${OFFICE_TRUNK}]`,
    'type = aor',
    'contact = sip:127.0.0.2:5080',
  );
}

function queues(workers: readonly OfficeWorker[]): string {
  const members = workers.filter(({ department }) => department === 'Support');
  return lines(
    '[support]',
    'strategy = ringall',
    'timeout = 15',
    ...members.map(({ extension, name }) => `member => PJSIP/${extension},0,${name},PJSIP/${extension}`),
  );
}

function manager({ name, secret }: OfficeAmiUser): string {
  return lines('[general]', 'enabled = yes', `[${name}]`, `secret = ${secret}`, 'read = all', 'write = all');
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
