import type { PbxConfig } from '../config/pbx-config.ts';
import type { Hint } from '../dialplan/hint.ts';
import { agentsReloaded } from './agents/agent-state.ts';
import { fillEndpoints } from './fill-state.ts';
import { toldHintStatus } from './hints.ts';
import { hintsOfDialplan, hintsOfModules, setGlobals, tellHint, tellMailboxes } from './loading.ts';
import type { Pbx } from './pbx.ts';
import { queuesReloaded } from './queue/start-queues.ts';

/** Which part of the configuration a module reads. */
const READ_BY: Readonly<Record<string, readonly (keyof PbxConfig)[]>> = {
  acl: ['acls'],
  app_agent_pool: ['agents'],
  app_confbridge: ['confbridge'],
  app_queue: ['queues', 'queueRules'],
  app_voicemail: ['voicemail'],
  cdr: ['records'],
  cdr_manager: ['records'],
  cel: ['records'],
  features: ['features'],
  http: ['http'],
  manager: ['manager'],
  pbx_config: ['dialplan'],
  res_musiconhold: ['musicOnHold'],
  res_parking: ['parking'],
  res_pjsip: ['pjsip'],
};

/**
 * Puts a newly read configuration in force: all of it, or one module's. Sessions and calls go on.
 * `manager` tells nothing; the others tell Reload, behind what their modules tell. Source: recording `fault-manager-reload`.
 */
export function reloadPbx(pbx: Pbx, config: PbxConfig, module?: string): void {
  const name = module?.replace(/\.so$/, '');
  const parts = name === undefined ? undefined : (READ_BY[name] ?? []);
  const before = pbx.config;
  pbx.config = parts === undefined ? config : { ...pbx.config, ...partsOf(config, parts) };
  if (pbx.config.manager !== before.manager) keepChannelVars(pbx, before);
  if (name === 'manager') return;
  const reads = (part: keyof PbxConfig): boolean => parts?.includes(part) ?? true;
  pbx.state.reloadedMs = pbx.now;
  if (reads('agents')) agentsReloaded(pbx, before);
  if (reads('queues')) queuesReloaded(pbx, before);
  if (reads('pjsip')) fillEndpoints(pbx);
  if (reads('voicemail')) tellMailboxes(pbx);
  if (reads('dialplan')) reloadDialplan(pbx);
  if (reads('parking')) tellHints(pbx, hintsOfModules(pbx));
  pbx.emit('Reload', [
    ['Module', module ?? 'All'],
    ['Status', '0'],
  ]);
}

/** `channelvars` stays in force where the line is gone; an empty one ends it. Source: description of the recording `variant-channelvars`. */
function keepChannelVars(pbx: Pbx, before: PbxConfig): void {
  const { manager } = pbx.config;
  if (manager.general.lines.has('channelvars')) return;
  const { channelvars } = before.manager.general;
  pbx.config = { ...pbx.config, manager: { ...manager, general: { ...manager.general, channelvars } } };
}

function partsOf(config: PbxConfig, parts: readonly (keyof PbxConfig)[]): Partial<PbxConfig> {
  return Object.fromEntries(parts.map((part) => [part, config[part]]));
}

function reloadDialplan(pbx: Pbx): void {
  pbx.dialplan = pbx.config.dialplan;
  setGlobals(pbx);
  tellHints(pbx, hintsOfDialplan(pbx));
}

/** A hint that is as it was keeps the status last told. */
function tellHints(pbx: Pbx, hints: readonly Hint[]): void {
  for (const hint of hints) tellHint(pbx, hint, { status: toldHintStatus(pbx, hint).status });
}
