import type { FaultName, FaultValues } from './fault-table.ts';

/** Which faults there are now, for those who make them felt. */
export interface FaultSource {
  /** No fault is set. */
  readonly calm: boolean;
  /** Values of that fault; `undefined` where it is not set. */
  get<Name extends FaultName>(name: Name): FaultValues<Name> | undefined;
  /** It has struck once more. */
  struck(name: FaultName): void;
}
