import type { FaultStep, RecoverStep } from '../types.ts';
import type { Counters, PlayContext } from './play-context.ts';

export function playFaultStep(step: FaultStep | RecoverStep, context: PlayContext, scope: Counters): void {
  const { faults } = context.stage;
  if (step.do === 'recover') return faults.clear(step.fault);
  const values = Object.entries(step.values).map(([name, value]) => [name, context.fill(value, scope)]);
  faults.set(step.fault, Object.fromEntries(values));
}
