import { stringify } from 'yaml';
import type { AmiMessage } from '../../src/ami/message.ts';
import { parseMessage } from '../../src/ami/parse-message.ts';
import { PbxFramer } from '../../src/ami/pbx-framer.ts';
import { nodeRuntime } from '../../src/ami/runtime.node.ts';
import { parseScenario } from '../../src/scenarios/parse-scenario.ts';
import { playAgain } from './composition.ts';

const { text } = nodeRuntime();

export interface PlayedLines {
  /** What was wrong, as of any composition. */
  readonly faults: readonly string[];
  readonly messages: readonly AmiMessage[];
  /** One header of each event of that name, in order; '' where it has none. */
  readonly told: (event: string, header: string) => string[];
  /** Names of these events, in order. */
  readonly order: (...events: readonly string[]) => string[];
}

/** Plays steps as scenarios write them in the office of compositions, at the end of which everybody hangs up. */
export function playLines(...lines: readonly (string | Readonly<Record<string, unknown>>)[]): PlayedLines {
  const { scenario } = parseScenario(stringify({ scenario: 'lines', steps: lines }));
  const { faults, heard } = playAgain(1, scenario.steps);
  const frames = new PbxFramer().push(Buffer.from(heard[0] ?? '', 'latin1'));
  const messages = frames.map(({ bytes }) => parseMessage(bytes, text)).filter((message) => isEvent(message));
  const named = (event: string) => messages.filter((message) => message.event === event);
  return {
    faults,
    messages,
    told: (event, header) => named(event).map((message) => message.get(header) ?? ''),
    order: (...events) => messages.flatMap(({ event = '' }) => (events.includes(event) ? event : [])),
  };
}

/** Rows of lists are none; some events carry the ActionID of what caused them. */
function isEvent(message: AmiMessage): boolean {
  return (
    message.event !== undefined && (message.get('ActionID') === undefined || message.event === 'OriginateResponse')
  );
}
