import type { ConfigFiles } from './pbx-config.ts';
import { extensionsConf } from './small-office/extensions.ts';
import { type OfficePeople, smallOfficePeople } from './small-office/people.ts';
import { pjsipConf } from './small-office/pjsip.ts';
import {
  confbridgeConf,
  featuresConf,
  httpConf,
  managerConf,
  musicOnHoldConf,
  parkingConf,
  queuesConf,
  recordConf,
  voicemailConf,
} from './small-office/services.ts';

/** A small office for these people: their desks, a trunk, queues, a meeting room, voicemail, parking. */
export function officeConfig(people: OfficePeople): ConfigFiles {
  return new Map([
    ['cdr.conf', recordConf],
    ['confbridge.conf', confbridgeConf],
    ['extensions.conf', extensionsConf(people)],
    ['features.conf', featuresConf],
    ['http.conf', httpConf],
    ['manager.conf', managerConf],
    ['musiconhold.conf', musicOnHoldConf],
    ['pjsip.conf', pjsipConf(people)],
    ['queues.conf', queuesConf(people)],
    ['res_parking.conf', parkingConf],
    ['voicemail.conf', voicemailConf(people)],
  ]);
}

/** What the PBX runs with where no folder is named: eight desks (1001 to 1008), and one AMI user with every right, admin. */
export const smallOffice: ConfigFiles = officeConfig(smallOfficePeople);
