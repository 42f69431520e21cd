import { buildDialplan, missingIncludes } from '../dialplan/build-dialplan.ts';
import { checkKnown, type KnownNames } from '../dialplan/check-known.ts';
import type { Dialplan } from '../dialplan/dialplan.ts';
import { addModuleExtensions } from '../dialplan/module-extensions.ts';
import { type Acl, readAclConf } from './acl.ts';
import { type AgentConf, readAgentsConf } from './agents-conf.ts';
import { type AsteriskConf, readAsteriskConf } from './asterisk-conf.ts';
import { type ConfFile, type IncludedFile, parseConf } from './conf-file.ts';
import { type ConfbridgeConf, readConfbridgeConf } from './confbridge-conf.ts';
import type { ConfigWarning } from './config-warning.ts';
import { type FeaturesConf, readFeaturesConf } from './features-conf.ts';
import { type HttpConf, readHttpConf } from './http-conf.ts';
import { type ManagerConf, readManagerConf } from './manager-conf.ts';
import { type MusicClassConf, readMusicOnHoldConf } from './music-on-hold-conf.ts';
import { type ParkingConf, readParkingConf } from './parking-conf.ts';
import { readPjsipConf } from './pjsip-conf.ts';
import type { PjsipConf } from './pjsip-types.ts';
import { type QueueRule, readQueueRules } from './queue-rules-conf.ts';
import { type QueuesConf, readQueuesConf } from './queues-conf.ts';
import { type CallRecordConf, readCallRecordConf } from './record-conf.ts';
import { readVoicemailConf, type VoicemailConf } from './voicemail-conf.ts';

/** Everything that a folder of configuration files says. */
export interface PbxConfig {
  readonly acls: readonly Acl[];
  readonly agents: ReadonlyMap<string, AgentConf>;
  readonly asterisk: AsteriskConf;
  readonly confbridge: ConfbridgeConf;
  /** extensions.conf, and what modules add to it. */
  readonly dialplan: Dialplan;
  readonly features: FeaturesConf;
  readonly http: HttpConf;
  readonly manager: ManagerConf;
  readonly musicOnHold: ReadonlyMap<string, MusicClassConf>;
  readonly parking: ParkingConf;
  readonly pjsip: PjsipConf;
  readonly queueRules: ReadonlyMap<string, QueueRule>;
  readonly queues: QueuesConf;
  readonly records: CallRecordConf;
  readonly voicemail: VoicemailConf;
}

/** Files by their name within the folder: `extensions.conf`, `conf.d/phones.conf`. */
export type ConfigFiles = ReadonlyMap<string, string>;

/** Reads what is there; an absent file counts as an empty one. `known`: the dialplan's other names give warnings. */
export function readPbxConfig(
  files: ConfigFiles,
  known?: KnownNames,
): { readonly config: PbxConfig; readonly warnings: readonly ConfigWarning[] } {
  const warnings: ConfigWarning[] = [];
  const warn = (warning: ConfigWarning) => void warnings.push(warning);
  const read = (name: string): ConfFile => {
    const parsed = parseConfigFile(files, name);
    warnings.push(...parsed.warnings);
    return parsed.conf;
  };
  const parking = readParkingConf(read('res_parking.conf'), warn);
  const config: PbxConfig = {
    acls: readAclConf(read('acl.conf')),
    agents: readAgentsConf(read('agents.conf')),
    asterisk: readAsteriskConf(read('asterisk.conf')),
    confbridge: readConfbridgeConf(read('confbridge.conf'), warn),
    dialplan: readDialplan(read('extensions.conf'), parking, known, warnings),
    features: readFeaturesConf(read('features.conf'), warn),
    http: readHttpConf(read('http.conf')),
    manager: readManagerConf(read('manager.conf'), warn),
    musicOnHold: readMusicOnHoldConf(read('musiconhold.conf')),
    parking,
    pjsip: readPjsipConf(read('pjsip.conf'), warn),
    queueRules: readQueueRules(read('queuerules.conf'), warn),
    queues: readQueuesConf(read('queues.conf'), warn),
    records: readCallRecordConf(read('cdr.conf'), read('cdr_manager.conf'), read('cel.conf')),
    voicemail: readVoicemailConf(read('voicemail.conf')),
  };
  return { config, warnings };
}

/** One of the files with what it includes; empty where it is absent. */
export function parseConfigFile(
  files: ConfigFiles,
  name: string,
): { readonly conf: ConfFile; readonly warnings: readonly ConfigWarning[] } {
  return parseConf(files.get(name) ?? '', { file: name, resolve: (pattern) => includedFiles(files, pattern) });
}

function readDialplan(
  conf: ConfFile,
  parking: ParkingConf,
  known: KnownNames | undefined,
  warnings: ConfigWarning[],
): Dialplan {
  const built = buildDialplan(conf);
  const dialplan = addModuleExtensions(built.dialplan, parking);
  warnings.push(...built.warnings, ...missingIncludes(dialplan));
  if (known !== undefined) warnings.push(...checkKnown(built.dialplan, known));
  return dialplan;
}

/** Files that an #include names, also by a path that ends with their name, and with `*`. */
function includedFiles(files: ConfigFiles, pattern: string): readonly IncludedFile[] {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  const regex = new RegExp(`^${parts.join('[^/]*')}$`);
  const names = [...files.keys()].filter((name) => regex.test(name)).sort();
  const found =
    names.length > 0
      ? names
      : [...files.keys()].filter((name) => pattern.startsWith('/') && pattern.endsWith(`/${name}`));
  return found.map((file) => ({ file, text: files.get(file) ?? '' }));
}
