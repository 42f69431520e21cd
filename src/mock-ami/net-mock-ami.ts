/** What users of the package net-mock-ami import, wherever it runs. The listening ports are in `net-mock-ami.node.ts`. */

export type { Stage, StageCall, StagePbx, StagePhone } from '../scenarios/stage.ts';
export { StageError } from '../scenarios/stage.ts';
export type { ActionAnswer, JournalEntry } from './actions/journal.ts';
export { ActionJournal } from './actions/journal.ts';
export type { JournalBounds } from './actions/journal-bounds.ts';
export { BusyHour, type BusyHourStatistics, busyOffice } from './busy-hour.ts';
export { ConfigError } from './config/config-error.ts';
export type { ConfigWarning } from './config/config-warning.ts';
export { describeConfigWarning } from './config/config-warning.ts';
export type { ConfigOverlay } from './config/overlay.ts';
export type { ConfigFiles } from './config/pbx-config.ts';
export { smallOffice } from './config/small-office.ts';
export type { ControlConnection, ControlPeer } from './control/control-server.ts';
export { CONTROL_PROTOCOL, ControlServer } from './control/control-server.ts';
export {
  FAULTS,
  type FaultDescription,
  type FaultName,
  type FaultParameter,
  type FaultValues,
  type ParameterKind,
} from './faults/fault-table.ts';
export type { GivenValue, GivenValues } from './faults/fault-values.ts';
export { type ActiveFault, Faults } from './faults/faults.ts';
export { MockError } from './mock-error.ts';
export { AmiServer } from './server/ami-server.ts';
export { createStage, SimulatedStage, type StageOptions } from './simulated-stage.ts';
