import { describeStep } from '../describe-step.ts';
import { ExpressionError } from '../expression.ts';
import { type Position, ScenarioError } from '../scenario-error.ts';
import { StageError } from '../stage.ts';
import type { BlockStep, Step } from '../types.ts';
import { playClientStep } from './play-client-step.ts';
import type { Counters, PlayContext } from './play-context.ts';
import { playFaultStep } from './play-fault-step.ts';
import { playPbxStep } from './play-pbx-step.ts';
import { playPhoneStep } from './play-phone-step.ts';
import { playWaitStep } from './play-wait-step.ts';
import { StepFailure } from './step-failure.ts';
import { type Task, together } from './task.ts';

/** Who hears of steps, and can tell where they stand. */
export interface StepWatcher {
  /** A step begins that is no wait, no expectation and no block. */
  began(step: Step, description: string): void;
  placeOf(step: Step): { readonly file?: string; readonly at?: Position };
}

/** Where in a scenario a branch is: `mark` is the place in what clients received at which its last step began that was no wait. */
interface Branch {
  mark: number;
  readonly counters: Counters;
}

/** Plays steps one after the other. @throws ScenarioError `SCENARIO_FAILED` */
export function* playSteps(steps: readonly Step[], context: PlayContext, watcher: StepWatcher): Task {
  yield* sequence(steps, context, watcher, { mark: context.received, counters: {} });
}

function* sequence(steps: readonly Step[], context: PlayContext, watcher: StepWatcher, branch: Branch): Task {
  for (const step of steps) {
    if (step.do === 'together' || step.do === 'repeat' || step.do === 'sequence') {
      yield* playBlock(step, context, watcher, branch);
    } else {
      yield* playStep(step, context, watcher, branch);
    }
  }
}

function* playBlock(step: BlockStep, context: PlayContext, watcher: StepWatcher, branch: Branch): Task {
  if (step.do === 'sequence') return yield* sequence(step.steps, context, watcher, branch);
  if (step.do === 'together') {
    branch.mark = context.received;
    return yield* together(step.steps.map((each) => sequence([each], context, watcher, { ...branch })));
  }
  const times = Number(context.fill(String(step.times), branch.counters));
  if (!Number.isInteger(times)) throw failure(step, new StepFailure(`'${step.times}' is no number of times`), watcher);
  for (let n = 0; n < times; n++) {
    const round: Branch = { mark: branch.mark, counters: { ...branch.counters, n } };
    yield* sequence(step.steps, context, watcher, round);
    branch.mark = round.mark;
  }
}

function* playStep(step: Exclude<Step, BlockStep>, context: PlayContext, watcher: StepWatcher, branch: Branch): Task {
  try {
    yield* play(step, context, watcher, branch);
  } catch (error) {
    throw failure(step, error, watcher);
  }
}

function* play(step: Exclude<Step, BlockStep>, context: PlayContext, watcher: StepWatcher, branch: Branch): Task {
  switch (step.do) {
    case 'wait':
    case 'wait-until':
    case 'wait-for-event':
    case 'expect-lamp':
    case 'expect-action':
      return yield* playWaitStep(step, context, branch.counters, branch.mark);
  }
  branch.mark = context.received;
  watcher.began(step, describeStep(step));
  switch (step.do) {
    case 'client-connects':
    case 'stays-away':
    case 'log-in':
    case 'log-off':
    case 'send':
    case 'send-raw':
    case 'drop':
    case 'half-close':
    case 'stop-reading':
    case 'read-again':
      return yield* playClientStep(step, context, branch.counters);
    case 'pbx-restarts':
    case 'pbx-stops':
    case 'pbx-is-killed':
    case 'pbx-starts':
    case 'pbx-reloads':
    case 'pbx-changes':
      return playPbxStep(step, context, branch.counters);
    case 'fault':
    case 'recover':
      return playFaultStep(step, context, branch.counters);
    default:
      return playPhoneStep(step, context, branch.counters);
  }
}

/** What went wrong, with the step and its place; faults of the program itself pass untouched. */
function failure(step: Step, error: unknown, watcher: StepWatcher): unknown {
  if (!(error instanceof StepFailure || error instanceof StageError || error instanceof ExpressionError)) return error;
  const { file, at } = watcher.placeOf(step);
  const message = `'${describeStep(step)}': ${error.message}`;
  return new ScenarioError('SCENARIO_FAILED', [{ message, ...(at === undefined ? {} : { at }) }], {
    cause: error,
    ...(file === undefined ? {} : { file }),
  });
}
