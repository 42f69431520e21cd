import { FAULTS, type FaultDescription, type FaultParameter } from '../src/mock-ami/faults/fault-table.ts';
import { formatDuration } from '../src/scenarios/duration.ts';
import { SPOKEN_FAULTS } from '../src/scenarios/phrases/fault-phrases.ts';

export const FAULTS_PAGE = 'docs/faults.md';

/** The page about faults with its table as the code has it. */
export function withFaultTable(page: string): string {
  return page.replace(TABLE, () => faultTable());
}

const TABLE = /^\| fault \| parameters .*\n(?:\|.*\n?)*(?<!\n)/m;

function faultTable(): string {
  return ['| fault | parameters and their defaults | what it does |', '|---|---|---|', ...FAULTS.map(row)].join('\n');
}

function row(fault: FaultDescription): string {
  const spoken = SPOKEN_FAULTS.find((one) => one.fault === fault.name)?.example ?? 'pbx restarts';
  const parameters = fault.parameters.map(parameter).join('<br>') || '–';
  return `| \`${fault.name}\`<br>in a scenario: \`${spoken}\` | ${parameters} | ${fault.about} |`;
}

function parameter(described: FaultParameter): string {
  const choices = described.choices === undefined ? '' : ` (${described.choices.join(', ')})`;
  return `\`${described.name}\` = ${shownDefault(described)}${choices}: ${described.about}`;
}

function shownDefault({ kind, default: value }: FaultParameter): string {
  if (kind === 'duration') return formatDuration(Number(value));
  if (kind === 'chance') return `${Number(value) * 100}%`;
  return String(value) === '' ? 'none' : String(value);
}
