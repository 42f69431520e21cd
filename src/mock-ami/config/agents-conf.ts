import type { ConfFile } from './conf-file.ts';
import { ConfValues } from './conf-values.ts';

export interface AgentConf {
  readonly id: string;
  readonly fullName: string;
  readonly musicClass: string;
  /** Seconds after which an agent that does not accept a call is logged off; 0: never. */
  readonly autoLogoffS: number;
  readonly ackCall: boolean;
  readonly acceptDtmf: string;
  readonly wrapupTimeMs: number;
  readonly recordAgentCalls: boolean;
}

/** agents.conf. Source: apps/app_agent_pool.c, load_config. */
export function readAgentsConf(conf: ConfFile): ReadonlyMap<string, AgentConf> {
  const categories = conf.categories.filter(
    (category) => !category.template && !['general', 'agents'].includes(category.name.toLowerCase()),
  );
  return new Map(categories.map((category) => [category.name, readAgent(category.name, new ConfValues(category))]));
}

function readAgent(id: string, values: ConfValues): AgentConf {
  return {
    id,
    fullName: values.text('fullname') ?? '',
    musicClass: values.text('musiconhold') ?? 'default',
    autoLogoffS: values.integer('autologoff', 0),
    ackCall: values.flag('ackcall', false),
    acceptDtmf: values.text('acceptdtmf') ?? '#',
    wrapupTimeMs: values.integer('wrapuptime', 0),
    recordAgentCalls: values.flag('recordagentcalls', false),
  };
}
