import { conditionHolds } from '../../dialplan/functions/condition-functions.ts';
import type { Application, ApplicationResult } from '../application.ts';
import { goTo } from '../dialplan-run.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { clearVariable, getVariable, setVariable } from '../variables.ts';

/** Loops and branches remember where they stand in variables of the channel, which is why VarSet tells of them: `WHILE_0`, `END_WHILE_0`. */
type Kind = 'WHILE' | 'IF';

/** How many of the kind the channel is within. */
function depth(pbx: Pbx, channel: Channel, kind: Kind): number {
  let found = 0;
  while (getVariable(pbx, channel, `${kind}_${found}`) !== undefined) found++;
  return found;
}

function here({ context, exten, priority }: Channel, separator: string, after = 0): string {
  return [context, exten, priority + after].join(separator);
}

/** The priority of the next line of that kind at the same level; `undefined` where the extension ends before. */
function findAhead(
  pbx: Pbx,
  channel: Channel,
  opens: string,
  closes: string,
  alsoAt?: string,
): { readonly closing?: number; readonly other?: number } {
  let level = 1;
  for (let priority = channel.priority + 1; ; priority++) {
    const line = pbx.find(channel.context, channel.exten, priority, channel.caller.num);
    if (line === undefined) return {};
    const app = line.app.toLowerCase();
    if (app === opens) level++;
    else if (app === closes) level--;
    else if (level === 1 && app === alsoAt) return { other: priority };
    if (level === 0) return { closing: priority };
  }
}

/** Behind the loop: where its end was seen before, else it is looked for. */
function leaveLoop(pbx: Pbx, channel: Channel, variable: string): ApplicationResult {
  clearVariable(pbx, channel, variable);
  clearVariable(pbx, channel, here(channel, '_'));
  const end = getVariable(pbx, channel, `END_${variable}`);
  if (end !== undefined) {
    const goes = goTo(pbx, channel, end);
    clearVariable(pbx, channel, `END_${variable}`);
    return goes ? 'jump' : 'next';
  }
  const { closing } = findAhead(pbx, channel, 'while', 'endwhile');
  if (closing !== undefined) channel.priority = closing;
  return 'next';
}

/** The number of the loop or branch that begins here; a new one is the innermost. */
function labelHere(pbx: Pbx, channel: Channel, kind: Kind): string {
  const known = getVariable(pbx, channel, here(channel, '_'));
  if (known !== undefined) return known;
  const label = String(depth(pbx, channel, kind));
  setVariable(pbx, channel, here(channel, '_'), label);
  return label;
}

const whileLoop: Application = (pbx, channel, condition) => {
  const variable = `WHILE_${labelHere(pbx, channel, 'WHILE')}`;
  if (!conditionHolds(condition)) return leaveLoop(pbx, channel, variable);
  if (getVariable(pbx, channel, variable) === undefined) setVariable(pbx, channel, variable, here(channel, ','));
  return 'next';
};

const endWhile: Application = (pbx, channel) => {
  const variable = `WHILE_${depth(pbx, channel, 'WHILE') - 1}`;
  const start = getVariable(pbx, channel, variable);
  if (start === undefined) return 'next';
  if (getVariable(pbx, channel, `END_${variable}`) === undefined)
    setVariable(pbx, channel, `END_${variable}`, here(channel, ',', 1));
  return goTo(pbx, channel, start) ? 'jump' : 'next';
};

const continueWhile: Application = (pbx, channel) => {
  const start = getVariable(pbx, channel, `WHILE_${depth(pbx, channel, 'WHILE') - 1}`);
  return start !== undefined && goTo(pbx, channel, start) ? 'jump' : 'next';
};

/** The branch is not taken, or is over: on at ElseIf, behind Else, or at EndIf. `ends`: only at EndIf. */
function leaveBranch(pbx: Pbx, channel: Channel, variable: string, ends: boolean): ApplicationResult {
  clearVariable(pbx, channel, variable);
  clearVariable(pbx, channel, here(channel, '_'));
  const otherwise = ends ? undefined : findAhead(pbx, channel, 'if', 'endif', 'elseif').other;
  if (otherwise !== undefined) {
    channel.priority = otherwise;
    return 'jump';
  }
  const absolute = ends ? undefined : findAhead(pbx, channel, 'if', 'endif', 'else').other;
  const behind = absolute ?? findAhead(pbx, channel, 'if', 'endif').closing;
  if (behind !== undefined) channel.priority = behind;
  return 'next';
}

const branch: Application = (pbx, channel, condition) => {
  const variable = `IF_${labelHere(pbx, channel, 'IF')}`;
  if (!conditionHolds(condition)) return leaveBranch(pbx, channel, variable, false);
  if (getVariable(pbx, channel, variable) === undefined) setVariable(pbx, channel, variable, here(channel, ','));
  return 'next';
};

function innermostEnds(pbx: Pbx, channel: Channel): ApplicationResult {
  return leaveBranch(pbx, channel, `IF_${depth(pbx, channel, 'IF') - 1}`, true);
}

const endIf: Application = (pbx, channel) => {
  clearVariable(pbx, channel, `IF_${depth(pbx, channel, 'IF') - 1}`);
  clearVariable(pbx, channel, here(channel, '_'));
  return 'next';
};

/** Source: apps/app_while.c, apps/app_if.c. */
export const loopApplications: Readonly<Record<string, Application>> = {
  while: whileLoop,
  endwhile: endWhile,
  exitwhile: (pbx, channel) => leaveLoop(pbx, channel, `WHILE_${depth(pbx, channel, 'WHILE') - 1}`),
  continuewhile: continueWhile,
  if: branch,
  elseif: branch,
  else: innermostEnds,
  exitif: innermostEnds,
  endif: endIf,
};
