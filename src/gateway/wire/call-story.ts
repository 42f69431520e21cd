import { CallBook, talkKey } from './call-book.ts';
import type { CallFact, CallFactName, CallFactOf, Party } from './call-fact.ts';
import { type Call, failureOf, isSomebody, type Leg, partyOf, phoneOf, refusalOf } from './call-legs.ts';
import { header, type WireEvent } from './event.ts';
import type { Model } from './model.ts';

type Told<Name extends CallFactName> = Omit<CallFactOf<Name>, 'fact' | 'at' | 'call'>;

/** Events after which it is clear why a channel is where it is: the PBX itself has answered, or somebody has sent it there. */
const IS_GOING_ON = new Set([
  'Newexten',
  'BridgeEnter',
  'ConfbridgeJoin',
  'QueueCallerJoin',
  'Hold',
  'HangupRequest',
  'Hangup',
]);

/** Applications of a channel that takes a call of others: the PBX does not answer for itself. */
const TAKES_OVER = new Set(['Pickup', 'PickupChan', 'ParkedCall', 'AppDial']);
/** After these the last one to hang up is still the one who ended the call. */
const OF_THE_END = new Set<CallFactName>(['hangs-up', 'leaves', 'leaves-queue', 'fails', 'ends']);

/** Tells what happens in calls from the events of a PBX, read one by one in their order. Whatever an event says, it never throws. */
export class CallStory {
  #book = new CallBook();
  #facts: CallFact[] = [];
  #at = 0;

  /** Begins anew with what is known now. Nothing is told of it. */
  begin(model: Model): void {
    this.#book = new CallBook();
    this.#book.seed(model);
  }

  /** The PBX is gone, and its calls with it, as far as anybody knows. */
  lose(atMs: number): readonly CallFact[] {
    this.#at = atMs;
    for (const call of this.#book.calls) if (call.isTold) this.#tell('ends', call, { how: 'lost' });
    this.#book = new CallBook();
    return this.#take();
  }

  /** What an event tells. */
  read(event: WireEvent): readonly CallFact[] {
    this.#at = event.at;
    const leg = this.#book.find(header(event, 'Uniqueid'));
    if (leg !== undefined) this.#noteLeg(leg, event);
    this.#readers.get(event.name)?.(event, leg);
    return this.#take();
  }

  readonly #readers: ReadonlyMap<string, (event: WireEvent, leg: Leg | undefined) => void> = new Map([
    ['Newchannel', (event, leg) => leg ?? this.#open(event)],
    ['Newstate', (event, leg) => leg && this.#newState(leg, header(event, 'ChannelStateDesc'))],
    ['Rename', (event, leg) => leg && this.#rename(leg, header(event, 'Newname'))],
    ['DialBegin', (event) => this.#dialBegins(event)],
    ['DialState', (event) => this.#dialState(event)],
    ['DialEnd', (event) => this.#dialEnds(event)],
    ['BridgeEnter', (event, leg) => leg && this.#enter(leg, event)],
    ['BridgeLeave', (event, leg) => leg && this.#leave(leg, event)],
    ['VarSet', (event, leg) => leg && this.#setVariable(leg, event)],
    ['Hold', (_, leg) => leg && this.#hold(leg, true)],
    ['Unhold', (_, leg) => leg && this.#hold(leg, false)],
    ['BlindTransfer', (event) => this.#blindTransfer(event)],
    ['AttendedTransfer', (event) => this.#attendedTransfer(event)],
    ['Pickup', (event, leg) => leg && this.#pickUp(leg, event)],
    ['ParkedCall', (event) => this.#park(event)],
    ['UnParkedCall', (event) => this.#retrieve(event)],
    ['ParkedCallTimeOut', (event) => this.#parkedTooLong(event)],
    [
      'QueueCallerJoin',
      (event, leg) => leg && this.#tell('queues', leg, { party: leg.party, queue: header(event, 'Queue') }),
    ],
    ['QueueCallerLeave', (event, leg) => leg && this.#leaveQueue(leg, header(event, 'Queue'))],
    [
      'ConfbridgeJoin',
      (event, leg) => leg && this.#tell('joins', leg, { party: leg.party, conference: header(event, 'Conference') }),
    ],
    [
      'ConfbridgeLeave',
      (event, leg) => leg && this.#tell('leaves', leg, { party: leg.party, conference: header(event, 'Conference') }),
    ],
    ['HangupRequest', (event, leg) => leg && this.#hangUp(leg, header(event, 'Cause'))],
    ['Hangup', (event, leg) => leg && this.#close(leg, header(event, 'Cause'))],
  ]);

  /** What any event says of its channel: where it belongs, who is at it. Reports of RTCP may be older than what is known. */
  #noteLeg(leg: Leg, event: WireEvent): void {
    if (event.name.startsWith('RTCP')) return;
    this.#book.follow(leg, header(event, 'Linkedid'));
    if (Object.hasOwn(event.headers, 'CallerIDNum')) {
      const party = partyOf(event);
      if (party.channel === leg.party.channel) leg.party = party;
    }
    if (!IS_GOING_ON.has(event.name)) return;
    if (event.name === 'Newexten') this.#noteExten(leg, header(event, 'Exten'));
    if (!TAKES_OVER.has(header(event, 'Application'))) this.#reach(leg);
    this.#move(leg);
  }

  #open(event: WireEvent): void {
    if (header(event, 'Uniqueid') === '') return;
    const leg = this.#book.open(event);
    leg.isUp = header(event, 'ChannelStateDesc') === 'Up';
    if (!leg.isCalled) this.#tell('calls', leg, { party: leg.party, to: leg.exten });
  }

  #newState(leg: Leg, state: string): void {
    if (state === 'Ringing' && leg.isCalled) this.#ring(leg);
    if (state === 'Busy' && !leg.isUp) leg.call.failure = 'busy';
    if (state !== 'Up' || leg.isUp) return;
    leg.isUp = true;
    if (leg.isCalled) this.#answer(leg);
    else if (!this.#isAnsweredBySomebody(leg)) leg.answeredAt = this.#at;
  }

  #rename(leg: Leg, channel: string): void {
    this.#book.rename(leg, { ...leg.party, channel, phone: phoneOf(channel) });
  }

  #dialBegins(event: WireEvent): void {
    const called = this.#book.find(header(event, 'DestUniqueid'));
    if (called !== undefined) called.calledBy = header(event, 'Uniqueid');
  }

  #dialState(event: WireEvent): void {
    const called = this.#book.find(header(event, 'DestUniqueid'));
    if (called !== undefined && header(event, 'DialStatus') === 'RINGING') this.#ring(called);
  }

  #dialEnds(event: WireEvent): void {
    const called = this.#book.find(header(event, 'DestUniqueid'));
    const status = header(event, 'DialStatus');
    if (called === undefined || status === 'ANSWER' || called.isUp) return;
    const forward = header(event, 'Forward');
    if (forward !== '' && !called.hasFailed) {
      called.hasFailed = true;
      this.#tell('forwards', called, { party: called.party, to: forward.replace(/^.*\//, '').replace(/@.*$/, '') });
    } else this.#fail(called, status);
  }

  #ring(leg: Leg): void {
    if (leg.hasRung || leg.hasFailed || leg.isUp) return;
    leg.hasRung = true;
    this.#tell('rings', leg, { party: leg.party });
  }

  #answer(leg: Leg): void {
    if (isSomebody(leg.party.channel)) answer(leg.call);
    this.#tell('answers', leg, { party: leg.party });
  }

  #reach(leg: Leg): void {
    if (leg.answeredAt === undefined) return;
    const at = leg.answeredAt;
    leg.answeredAt = undefined;
    answer(leg.call);
    this.#tell('reaches', leg, { party: leg.party, to: leg.exten }, at);
  }

  #move(leg: Leg): void {
    if (leg.movedAt === undefined) return;
    const at = leg.movedAt;
    leg.movedAt = undefined;
    this.#tell('moves', leg, { party: leg.party, to: leg.exten }, at);
  }

  #isAnsweredBySomebody(caller: Leg): boolean {
    return [...caller.call.legs].some((leg) => leg.hasTakenOver || (leg.isCalled && leg.isUp));
  }

  #fail(leg: Leg, status: string): void {
    if (leg.hasFailed || leg.isUp) return;
    leg.hasFailed = true;
    const isElsewhere = status === 'CANCEL' && leg.refusal === '' && this.#isTaken(leg);
    const why = isElsewhere ? 'elsewhere' : failureOf(status, leg.refusal);
    if (why !== 'elsewhere') leg.call.failure = why;
    this.#tell('fails', leg, { party: leg.party, why });
  }

  /** Somebody else whom the same one called has answered. */
  #isTaken({ call, calledBy }: Leg): boolean {
    return [...call.legs].some(
      (other) => other.isCalled && other.isUp && other.calledBy === calledBy && calledBy !== '',
    );
  }

  #enter(leg: Leg, event: WireEvent): void {
    leg.exten = header(event, 'Exten') || leg.exten;
    leg.leftAt = undefined;
    if (header(event, 'BridgeType') !== 'basic') return;
    this.#book.enter(leg, header(event, 'BridgeUniqueid'));
    const talking = this.#book.talking(leg);
    const key = talkKey(talking);
    if (talking.length < 2 || talking.every(({ talks }) => talks === key)) return;
    for (const other of talking) {
      this.#book.join(leg.call, other.call);
      other.talks = key;
    }
    this.#tell('talk', leg.call, { parties: talking.map(({ party }) => party) });
  }

  #leave(leg: Leg, event: WireEvent): void {
    if (leg.bridge === header(event, 'BridgeUniqueid')) this.#book.leave(leg);
    leg.leftAt = this.#at;
    this.#noteExten(leg, header(event, 'Exten'));
  }

  /** Who left a bridge and is elsewhere in the dialplan was sent there: by a transfer, or by something else. */
  #noteExten(leg: Leg, exten: string): void {
    if (leg.leftAt === undefined || exten === '' || exten === 'h' || exten === leg.exten || leg.hasHungUp) return;
    leg.exten = exten;
    if (!leg.isSent) leg.movedAt = leg.leftAt;
    leg.isSent = false;
    leg.leftAt = undefined;
  }

  #hold(leg: Leg, holds: boolean): void {
    if (leg.holds === holds) return;
    leg.holds = holds;
    this.#tell(holds ? 'holds' : 'resumes', leg, { party: leg.party });
  }

  /** Who is transferred may go before the transfer is told. Source: recording `blind-transfer-to-busy.run2`. */
  #setVariable(leg: Leg, event: WireEvent): void {
    if (header(event, 'Variable') === 'BLINDTRANSFER' && header(event, 'Value') !== '') leg.isSent = true;
  }

  #blindTransfer(event: WireEvent): void {
    const by = this.#partyAt(event, 'Transferer');
    const ok = header(event, 'Result') === 'Success';
    const transferee = this.#legAt(event, 'Transferee');
    const sent = transferee && this.#book.behind(transferee);
    const leg = this.#legAt(event, 'Transferer') ?? sent;
    if (leg === undefined) return;
    const to = header(event, 'Extension');
    if (transferee !== undefined) {
      transferee.isSent = ok && transferee.exten !== to;
      transferee.movedAt = undefined;
    }
    this.#tell('transfers', leg, { kind: 'blind', by, ...(sent && { party: sent.party }), to, ok });
  }

  #attendedTransfer(event: WireEvent): void {
    const [first, second] = [this.#legAt(event, 'OrigTransferer'), this.#legAt(event, 'SecondTransferer')];
    const [transferee, target] = [this.#legAt(event, 'Transferee'), this.#legAt(event, 'TransferTarget')];
    const legs = [first, second, transferee, target].filter((leg) => leg !== undefined);
    const [leg] = legs;
    if (leg === undefined) return;
    const ok = header(event, 'Result') === 'Success';
    if (ok) for (const other of legs) this.#book.join(leg.call, other.call);
    if (ok && transferee !== undefined) transferee.isSent = true;
    const party = transferee && this.#book.behind(transferee)?.party;
    const to = (target && (this.#book.behind(target)?.party ?? target.party))?.phone ?? second?.exten ?? '';
    const by = this.#partyAt(event, 'OrigTransferer');
    this.#tell('transfers', leg, { kind: 'attended', by, ...(party && { party }), to, ok });
  }

  #pickUp(leg: Leg, event: WireEvent): void {
    const from = this.#partyAt(event, 'Target');
    const target = this.#legAt(event, 'Target');
    leg.answeredAt = undefined;
    leg.hasTakenOver = true;
    if (target !== undefined) {
      this.#book.join(leg.call, target.call);
      target.hasFailed = true;
    }
    answer(leg.call);
    this.#tell('picks-up', leg, { party: leg.party, from });
  }

  #park(event: WireEvent): void {
    const parked = this.#legAt(event, 'Parkee');
    if (parked === undefined) return;
    const by = phoneOf(header(event, 'ParkerDialString'));
    const [lot, space] = [header(event, 'Parkinglot'), header(event, 'ParkingSpace')];
    const { party } = this.#book.behind(parked) ?? parked;
    this.#tell('parks', parked, { party, by, lot, space }, this.#at, true);
    parked.isSent = false;
  }

  #retrieve(event: WireEvent): void {
    const [parked, by] = [this.#legAt(event, 'Parkee'), this.#legAt(event, 'Retriever')];
    if (parked === undefined || by === undefined) return;
    by.answeredAt = undefined;
    this.#book.join(parked.call, by.call);
    const space = header(event, 'ParkingSpace');
    this.#tell('retrieves', by, { party: by.party, parked: (this.#book.behind(parked) ?? parked).party, space });
  }

  #parkedTooLong(event: WireEvent): void {
    const parked = this.#legAt(event, 'Parkee');
    if (parked === undefined) return;
    parked.isSent = true;
    const { party } = this.#book.behind(parked) ?? parked;
    this.#tell('parked-too-long', parked, { party, space: header(event, 'ParkingSpace') }, this.#at, true);
  }

  #leaveQueue(leg: Leg, queue: string): void {
    const { uniqueid } = leg.party;
    const isAnswered = [...leg.call.legs].some((other) => other.isUp && other.calledBy === uniqueid);
    const why = isAnswered ? 'answered' : leg.hasHungUp ? 'abandoned' : 'left';
    if (why !== 'answered') leg.call.waitedFor = why === 'abandoned' ? 'abandoned' : 'no-answer';
    this.#tell('leaves-queue', leg, { party: leg.party, queue, why });
  }

  /** A phone that was called and has not answered says no by this; it is told once it is clear what the PBX makes of it. */
  #hangUp(leg: Leg, cause: string): void {
    if (leg.isCalled && !leg.isUp) {
      leg.refusal = cause;
      return;
    }
    if (leg.hasHungUp || leg.call.failure === 'busy') return;
    leg.hasHungUp = true;
    if (isSomebody(leg.party.channel)) leg.call.by = leg.party;
    this.#tell('hangs-up', leg, { party: leg.party });
  }

  #close(leg: Leg, cause: string): void {
    if (leg.isCalled && !leg.isUp) this.#fail(leg, leg.calledBy === '' ? 'NOANSWER' : 'CANCEL');
    const { call } = leg;
    if (!leg.isCalled && !leg.isUp && !leg.hasHungUp && call.failure === undefined) call.failure = refusalOf(cause);
    if (this.#book.close(leg) === undefined || !call.isTold) return;
    const unanswered = call.by === undefined ? (call.failure ?? 'failed') : 'cancelled';
    const how = call.waitedFor ?? (call.isAnswered ? 'answered' : unanswered);
    this.#tell('ends', call, { how, ...(call.by && { by: call.by }) });
  }

  #legAt(event: WireEvent, prefix: string): Leg | undefined {
    return this.#book.find(header(event, `${prefix}Uniqueid`));
  }

  #partyAt(event: WireEvent, prefix: string): Party {
    const leg = this.#legAt(event, prefix);
    return (leg && (this.#book.behind(leg) ?? leg).party) ?? partyOf(event, prefix);
  }

  /** @param ofAnybody also of a channel that is nobody's: it stands for somebody */
  #tell<Name extends CallFactName>(
    fact: Name,
    of: Leg | Call,
    told: Told<Name>,
    at = this.#at,
    ofAnybody = false,
  ): void {
    const call = 'call' in of ? of.call : of;
    if ('party' in of && !ofAnybody && !isSomebody(of.party.channel)) return;
    call.isTold = true;
    if (!OF_THE_END.has(fact)) call.by = undefined;
    this.#facts.push({ fact, at, call: call.id, ...told } as unknown as CallFact);
  }

  #take(): readonly CallFact[] {
    const facts = this.#facts;
    this.#facts = [];
    return facts;
  }
}

function answer(call: Call): void {
  call.isAnswered = true;
  call.waitedFor = undefined;
}
