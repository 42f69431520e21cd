import { blindTransfer } from '../pbx/blind-transfer.ts';
import { receiveDigit } from '../pbx/dtmf.ts';
import type { Channel } from '../pbx/state.ts';
import { setVariable } from '../pbx/variables.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { findChannel } from './find-channel.ts';

/** Transfers of a call that somebody talks in. Source: main/manager.c; recordings `ami-blind-transfer`, `ami-atxfer`, `ami-atxfer-cancel`. */
export const transferActions: ActionHandlers = { BlindTransfer: blind, Atxfer: attended, CancelAtxfer: cancelAttended };

function blind(request: ActionRequest): Answered {
  const channel = transferer(request, ['Channel', 'Exten']);
  if (typeof channel === 'string') return request.error(channel);
  const context = request.header('Context') || channel.context;
  const refused = blindTransfer(request.pbx, channel, { context, exten: request.header('Exten'), external: true });
  return refused === undefined
    ? request.success('Transfer succeeded')
    : request.error(`Transfer ${refused.toLowerCase()}`);
}

/** Presses the keys of features.conf and then the number, as if the channel's phone did: what comes of it is not known yet. */
function attended(request: ActionRequest): Answered {
  const channel = transferer(request, ['Channel', 'Exten']);
  if (typeof channel === 'string') return request.error(channel);
  const { pbx } = request;
  const code = pbx.config.features.featureMap.atxfer;
  if (code === '') return request.error('No attended transfer feature code found');
  const context = request.header('Context');
  if (context !== '') setVariable(pbx, channel, 'TRANSFER_CONTEXT', context);
  press(request, channel, code + request.header('Exten'));
  return request.success('Atxfer successfully queued');
}

function cancelAttended(request: ActionRequest): Answered {
  const channel = transferer(request, ['Channel']);
  if (typeof channel === 'string') return request.error(channel);
  const code = request.pbx.config.features.general.atxferabort;
  if (code === '') return request.error('No disconnect feature code found');
  press(request, channel, code);
  return request.success('CancelAtxfer successfully queued');
}

function press({ pbx }: ActionRequest, channel: Channel, digits: string): void {
  for (const digit of digits) receiveDigit(pbx, channel, digit, 0);
}

const NOT_SPECIFIED = { Channel: 'No channel specified', Exten: 'No extension specified' } as const;

/** The channel that transfers, or what is wrong with the request. */
function transferer(request: ActionRequest, needed: readonly ('Channel' | 'Exten')[]): Channel | string {
  const missing = needed.find((name) => request.header(name) === '');
  if (missing !== undefined) return NOT_SPECIFIED[missing];
  return findChannel(request.pbx, request.header('Channel')) ?? 'Channel specified does not exist';
}
