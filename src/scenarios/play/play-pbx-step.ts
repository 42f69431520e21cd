import type { ConfigChanges } from '../stage.ts';
import type { PbxStep } from '../types.ts';
import type { Counters, PlayContext } from './play-context.ts';

export function playPbxStep(step: PbxStep, context: PlayContext, scope: Counters): void {
  const { pbx } = context.stage;
  switch (step.do) {
    case 'pbx-restarts':
      pbx.restart(step.gracefully === undefined ? {} : { gracefully: true });
      break;
    case 'pbx-stops':
      pbx.stop();
      break;
    case 'pbx-is-killed':
      pbx.kill();
      break;
    case 'pbx-starts':
      pbx.start();
      break;
    case 'pbx-reloads':
      pbx.reload(step.module === undefined ? undefined : context.fill(step.module, scope));
      break;
    case 'pbx-changes':
      pbx.changeConfig(context.fill(step.file, scope), filled(step.changes, context, scope));
      break;
  }
}

function filled(changes: ConfigChanges, context: PlayContext, scope: Counters): ConfigChanges {
  const fill = (value: string): string => context.fill(value, scope);
  return Object.fromEntries(
    Object.entries(changes).map(([category, options]) => [
      category,
      options === 'remove'
        ? options
        : Object.fromEntries(
            Object.entries(options).map(([name, value]) => [
              name,
              typeof value === 'string' ? fill(value) : value.map(fill),
            ]),
          ),
    ]),
  );
}
