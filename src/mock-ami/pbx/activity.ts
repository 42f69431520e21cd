import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';

/** What comes to a channel while something runs on it. */
export interface ActivityHandler {
  readonly name: string;
  /** The channel is to end: stop, and give the channel on. Called a moment after the request. */
  readonly hungUp: (pbx: Pbx, channel: Channel) => void;
  /** A digit begins; what comes as one whole is stretched for it. Absent: only whole digits matter. */
  readonly digitBegins?: (pbx: Pbx, channel: Channel, digit: string) => void;
  /** A digit was heard to its end, after `ms`. Absent: nobody listens. */
  readonly digit?: (pbx: Pbx, channel: Channel, digit: string, ms: number) => void;
  /** The channel's own phone holds (true) or resumes. Absent: nobody is told. */
  readonly held?: (pbx: Pbx, channel: Channel, holding: boolean, musicClass: string) => void;
}

/** Starts an activity on a channel; what ran before must have ended. */
export function beginActivity(channel: Channel, name: string, data: unknown): void {
  channel.activity = { name, data };
}

/** The data of the activity of that name, if that is what runs. */
export function activityData<Data>(channel: Channel | undefined, name: string): Data | undefined {
  return channel?.activity?.name === name ? (channel.activity.data as Data) : undefined;
}
