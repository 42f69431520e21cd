import type { ChannelState, ExtensionState } from '../../gateway/wire/model.ts';
import { kindOf } from './device.ts';
import type { ExtensionKind } from './extension-kind.ts';
import { type HoldSide, holdSide, type LampColour, lampColour } from './lamp.ts';
import { type LegView, legView } from './leg-view.ts';

/** One extension as a lamp board shows it. */
export interface ExtensionView {
  readonly extension: string;
  readonly context: string;
  /** The best name known; '' where none is. */
  readonly name: string;
  readonly lamp: LampColour;
  readonly hold: HoldSide;
  readonly kind: ExtensionKind;
  /** As in ExtensionStatus; see {@link ExtensionState}. */
  readonly status: number;
  readonly statusText: string;
  /** Its calls, oldest first. */
  readonly legs: readonly LegView[];
}

export function extensionView(
  extension: ExtensionState,
  channels: readonly ChannelState[],
  heldUniqueids: readonly string[],
  name: string,
): ExtensionView {
  const { exten, context, status, statusText } = extension;
  const legs = channels.map((channel) => legView(channel, heldUniqueids.includes(channel.uniqueid)));
  return {
    extension: exten,
    context,
    name,
    kind: kindOf(extension),
    lamp: lampColour(status, legs),
    hold: holdSide(status, legs),
    status,
    statusText,
    legs: legs.sort((a, b) => a.sinceMs - b.sinceMs),
  };
}
