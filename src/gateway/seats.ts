import type { Audience, Recipient } from './audience.ts';
import type { Dialect } from './dialect.ts';
import { GatewayError } from './gateway-error.ts';
import type { PbxSide, Pbxs } from './pbxs.ts';
import type { Subscription } from './subscription.ts';
import type { User } from './users.ts';
import { View } from './view.ts';
import type { Hello, PbxWelcome, ResumePosition } from './wire/protocol.ts';

/** What a session has of one PBX. */
export interface Seat {
  readonly side: PbxSide;
  /** The user as that PBX has to take them. */
  readonly user: User;
  /** What the user may see there, whatever the browser subscribed to: what it asks for it gets. */
  readonly view: View;
  readonly audience: Audience;
  readonly receive: Recipient;
}

/** What a browser missed of one PBX; `undefined`: not known any more, it needs a snapshot. */
export type Missed = ReturnType<Audience['since']>;

/** Who takes seats, and what for. */
export interface SeatRequest {
  readonly user: User;
  /** As in the hello. */
  readonly asked: Hello['pbx'];
  readonly dialect: Dialect;
  /** What the browser wants of all that it may see; everything where nothing is said. */
  readonly subscription: Subscription | undefined;
  /** Gives who takes what comes from a PBX. @param index of it in the welcome; `undefined` where nobody asked for PBXs */
  receiver(index: number | undefined): Recipient;
}

/** @throws GatewayError `GATEWAY_NO_SUCH_PBX`, `GATEWAY_TOO_MANY_VIEWS` */
export function takeSeats(pbxs: Pbxs, request: SeatRequest): readonly Seat[] {
  const { user, asked, dialect, subscription, receiver } = request;
  const spoken = asked === undefined ? dialect : (dialect.severally ?? dialect);
  return pbxs.chosen(asked, user).map((side, index) => {
    const there = pbxs.userAt(user, side);
    const viewer = { extension: there.extension, numbers: side.feed.numbers };
    const view = new View(user.role, viewer);
    const wanted = subscription === undefined ? view : new View(user.role, viewer, subscription);
    const audience = side.feed.audience(wanted, spoken);
    return { side, user: there, view, audience, receive: receiver(asked === undefined ? undefined : index) };
  });
}

/** What each seat's browser missed since it was here last, as its hello says; nothing longer than `limitBytes`. */
export function missedBy(seats: readonly Seat[], hello: Hello, limitBytes: number): readonly Missed[] {
  return seats.map(({ side, audience }, index) => {
    const position = own(hello.resumes, side.name) ?? (index === 0 ? hello.resume : undefined);
    const frames = position && audience.since(position, position.lineage);
    const bytes = frames?.reduce((sum, frame) => sum + frame.bytes, 0) ?? 0;
    return bytes > limitBytes ? undefined : frames;
  });
}

/** What a welcome says of each PBX. */
export function welcomesTo(seats: readonly Seat[], missed: readonly Missed[]): readonly PbxWelcome[] {
  return seats.map(({ side: { name, feed }, audience }, index) => ({
    pbx: name,
    pbxState: feed.state,
    ...audience.position,
    resumed: missed[index] !== undefined,
  }));
}

/** All in one go: nothing can happen between the snapshot, or what was missed, and the first event after it. */
export function sitDown(seats: readonly Seat[], missed: readonly Missed[] = []): void {
  for (const [index, { audience, receive }] of seats.entries()) {
    for (const frame of missed[index] ?? audience.start()) receive(frame);
    audience.join(receive);
  }
}

export function standUp(seats: readonly Seat[]): void {
  for (const { audience, receive } of seats) audience.leave(receive);
}

/**
 * @param pbx the first where nothing is said
 * @throws GatewayError `GATEWAY_NO_SUCH_PBX`
 */
export function seatFor(seats: readonly Seat[], pbx: string | undefined): Seat {
  const seat = pbx === undefined ? seats[0] : seats.find(({ side }) => side.name === pbx);
  if (seat === undefined) throw new GatewayError('GATEWAY_NO_SUCH_PBX', 'This session has no PBX of that name');
  return seat;
}

function own(resumes: Hello['resumes'], pbx: string): ResumePosition | undefined {
  return resumes !== undefined && Object.hasOwn(resumes, pbx) ? resumes[pbx] : undefined;
}
