import type { Runtime } from '../ami/runtime.ts';
import { type CommandOptions, Commands } from './commands.ts';
import { GatewayError } from './gateway-error.ts';
import type { Log } from './log.ts';
import { matcher } from './name-pattern.ts';
import { PbxFeed, type PbxFeedOptions } from './pbx-feed.ts';
import type { User } from './users.ts';

/** How to reach one PBX, as whom, and where numbers are dialled there. */
export type PbxOptions = Omit<PbxFeedOptions, 'runtime' | 'log'> & CommandOptions;

/** One PBX of a gateway: what is shown of it, and the way for commands to it. */
export interface PbxSide {
  readonly name: string;
  readonly feed: PbxFeed;
  readonly commands: Commands;
}

/** The PBXs of a gateway, in the operator's order. */
export class Pbxs {
  readonly all: readonly PbxSide[];
  readonly first: PbxSide;

  /** @throws TypeError where there is none, or two of one name */
  constructor(
    options: readonly PbxOptions[],
    common: CommandOptions & { readonly runtime: Runtime; readonly log: Log },
  ) {
    this.all = options.map((each) => {
      const feed = new PbxFeed({ ...each, runtime: common.runtime, log: common.log });
      const context = each.context ?? common.context;
      return { name: feed.pbx, feed, commands: new Commands(feed, context === undefined ? {} : { context }) };
    });
    const [first] = this.all;
    if (first === undefined || new Set(this.all.map(({ name }) => name)).size < this.all.length)
      throw new TypeError('A gateway has at least one PBX, each with a name of its own');
    this.first = first;
  }

  /**
   * Those that a browser gets, in the order in which it asked for them.
   * @param asked names, `*` for all, or nothing for the first that role and token let see
   * @throws GatewayError `GATEWAY_NO_SUCH_PBX`, also where it is there but not for this user
   */
  chosen(
    asked: string | readonly string[] | undefined,
    { role, pbxs }: Pick<User, 'role' | 'pbxs'>,
  ): readonly PbxSide[] {
    const sees = matcher(role.pbxs ?? ['*']);
    const seen = this.all.filter(({ name }) => sees(name) && (pbxs === undefined || pbxs.includes(name)));
    const names = asked === undefined ? undefined : [...new Set([asked].flat())];
    const sides =
      names === undefined
        ? seen.slice(0, 1)
        : names.flatMap((name) => (name === '*' ? seen : [seen.find((side) => side.name === name)]));
    const found = [...new Set(sides.filter((side) => side !== undefined))];
    if (found.length === 0 || sides.includes(undefined))
      throw new GatewayError('GATEWAY_NO_SUCH_PBX', 'There is no such PBX here for this user');
    return found;
  }

  /** The user as one PBX has to take them: the own extension is that of one PBX, and on another it is somebody else's. */
  userAt(user: User, side: PbxSide): User {
    if (side.name === (user.pbx ?? this.first.name)) return user;
    const { extension: _, ...stranger } = user;
    return stranger;
  }
}
