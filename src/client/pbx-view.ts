import type { CallFact } from '../gateway/wire/call-fact.ts';
import { CallStory } from '../gateway/wire/call-story.ts';
import type { EventMessage, PbxMessage, PbxState, Snapshot } from '../gateway/wire/protocol.ts';
import type { CommandRequest, CommandResponse } from './commands.ts';
import { LiveState } from './live/live-state.ts';
import { Watchers } from './watchers.ts';

/** What `watch` of one PBX can tell of. */
export interface WatchedPbx {
  state: PbxState;
  live: LiveState;
  call: CallFact;
}

/** One PBX of a session: what is known of it, and the way for commands to it. */
export class PbxView {
  /** Calls, extensions and queues now. */
  readonly live: LiveState;
  readonly #run: (request: CommandRequest) => Promise<CommandResponse>;
  readonly #watchers = new Watchers<WatchedPbx>();
  readonly #story = new CallStory();
  /** The events that come tell of calls from their beginning to their end. */
  #tellsCalls = true;
  #name: string;
  #state: PbxState = 'down';

  /** @param run sends a command to the gateway */
  constructor(
    name: string,
    names: Readonly<Record<string, string>> | undefined,
    run: (request: CommandRequest) => Promise<CommandResponse>,
  ) {
    this.#name = name;
    this.#run = run;
    this.live = new LiveState(names);
  }

  /** As the gateway's operator calls it; '' before the first welcome. */
  get name(): string {
    return this.#name;
  }

  /** The gateway's link to it, as last heard. */
  get state(): PbxState {
    return this.#state;
  }

  /** Calls `watcher` on each change, until the returned function is called. */
  watch<What extends keyof WatchedPbx>(what: What, watcher: (value: WatchedPbx[What]) => void): () => void {
    return this.#watchers.add(what, watcher);
  }

  /** Sends a command to this PBX, whichever others there are; as `AsterClick.command`. */
  command(request: CommandRequest): Promise<CommandResponse> {
    return this.#run({ ...request, pbx: this.#name });
  }

  /** Names extensions that this program knows. */
  learn(names: Readonly<Record<string, string>>): void {
    if (this.live.name(names)) this.#watchers.tell('live', this.live);
  }

  /** What the welcome says of it. */
  greet(name: string, state: PbxState, resumed: boolean): void {
    this.#name = name;
    if (!resumed) this.#turn(state);
  }

  begin({ model, keeps }: Snapshot): void {
    this.live.replace(model, keeps);
    this.#tellsCalls = keeps?.includes('channels') ?? true;
    this.#story.begin(this.live.model);
    this.#watchers.tell('live', this.live);
  }

  turn({ state, at }: PbxMessage): void {
    if (state === 'down') {
      this.live.losePbx();
      this.#tellCalls(this.#story.lose(at));
    }
    this.#turn(state);
    this.#watchers.tell('live', this.live);
  }

  /** @param emit tells the event's own listeners: after `live` has changed, before who watches that */
  apply(message: EventMessage, emit: () => void): void {
    this.live.apply(message);
    emit();
    if (this.#tellsCalls) this.#tellCalls(this.#story.read(message));
    this.#watchers.tell('live', this.live);
  }

  #turn(state: PbxState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#watchers.tell('state', state);
  }

  #tellCalls(facts: readonly CallFact[]): void {
    for (const fact of facts) this.#watchers.tell('call', fact);
  }
}
