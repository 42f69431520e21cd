import type { ConfigFiles } from './pbx-config.ts';
import { extensionsConf } from './small-office/extensions.ts';
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

/** What the PBX runs with where no folder is named: eight desks (1001 to 1008), a trunk, queues, a meeting room, voicemail, parking. */
export const smallOffice: ConfigFiles = new Map([
  ['cdr.conf', recordConf],
  ['confbridge.conf', confbridgeConf],
  ['extensions.conf', extensionsConf],
  ['features.conf', featuresConf],
  ['http.conf', httpConf],
  ['manager.conf', managerConf],
  ['musiconhold.conf', musicOnHoldConf],
  ['pjsip.conf', pjsipConf],
  ['queues.conf', queuesConf],
  ['res_parking.conf', parkingConf],
  ['voicemail.conf', voicemailConf],
]);
