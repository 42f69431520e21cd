/**
 * What happens in calls, as people would tell it: who rings, answers, holds, is transferred to whom, and how it ends. Made from the
 * events of a PBX by a `CallStory`, in the gateway and in the browser alike, so nothing more is sent for it. A fact names
 * no PBX, as nothing in a model does: whoever tells it says whose it is.
 */

/** One end of a call: a phone, a trunk. The halves of Local channels and the PBX's own channels are none. */
export interface Party {
  readonly uniqueid: string;
  /** For example `PJSIP/1001-0000002c`. */
  readonly channel: string;
  /** What of the channel's name says whose it is: `1001`. */
  readonly phone: string;
  /** As its caller id says; '' where that is not known. */
  readonly number: string;
  readonly name: string;
}

/** Why somebody who was called did not answer; `elsewhere`: another one did. */
export type Failure =
  | 'busy'
  | 'declined'
  | 'unavailable'
  | 'no-answer'
  | 'unreachable'
  | 'cancelled'
  | 'elsewhere'
  | 'failed';

/**
 * How a call ended: somebody (a party, or the PBX itself) had answered; or why nobody did. `abandoned`: the caller gave up waiting in a
 * queue; `lost`: the PBX is gone, and nobody knows.
 */
export type Ending = 'answered' | Exclude<Failure, 'elsewhere'> | 'abandoned' | 'lost';

export type CallFact = {
  /** When the event that tells it was read, ms since the epoch. */
  readonly at: number;
  /** The oldest linkedid of the channels that belong together: what was transferred, picked up or joined is one call. */
  readonly call: string;
} & (
  | { readonly fact: 'calls'; readonly party: Party; readonly to: string }
  | { readonly fact: 'rings'; readonly party: Party }
  | { readonly fact: 'answers'; readonly party: Party }
  /** The PBX itself answers: an application, a queue, a conference. */
  | { readonly fact: 'reaches'; readonly party: Party; readonly to: string }
  /** Somebody who was called will not answer. */
  | { readonly fact: 'fails'; readonly party: Party; readonly why: Failure }
  /** A phone that was called sends the caller on. */
  | { readonly fact: 'forwards'; readonly party: Party; readonly to: string }
  | { readonly fact: 'picks-up'; readonly party: Party; readonly from: Party }
  /** These hear each other now, and did not before. */
  | { readonly fact: 'talk'; readonly parties: readonly Party[] }
  | { readonly fact: 'holds'; readonly party: Party }
  | { readonly fact: 'resumes'; readonly party: Party }
  | {
      readonly fact: 'transfers';
      readonly kind: 'blind' | 'attended';
      readonly by: Party;
      /** Who is sent on; absent where the PBX does not say. */
      readonly party?: Party;
      /** A phone or number. */
      readonly to: string;
      readonly ok: boolean;
    }
  /** Sent to another place of the dialplan by neither of them, as by Redirect. */
  | { readonly fact: 'moves'; readonly party: Party; readonly to: string }
  | { readonly fact: 'parks'; readonly party: Party; readonly by: string; readonly lot: string; readonly space: string }
  | { readonly fact: 'retrieves'; readonly party: Party; readonly parked: Party; readonly space: string }
  | { readonly fact: 'parked-too-long'; readonly party: Party; readonly space: string }
  | { readonly fact: 'queues'; readonly party: Party; readonly queue: string }
  | {
      readonly fact: 'leaves-queue';
      readonly party: Party;
      readonly queue: string;
      readonly why: 'answered' | 'abandoned' | 'left';
    }
  | { readonly fact: 'joins'; readonly party: Party; readonly conference: string }
  | { readonly fact: 'leaves'; readonly party: Party; readonly conference: string }
  /** This party ends its part of the call. */
  | { readonly fact: 'hangs-up'; readonly party: Party }
  /** The last channel is gone. `by`: the party that hung up last; absent where the PBX ended it. */
  | { readonly fact: 'ends'; readonly how: Ending; readonly by?: Party }
);

export type CallFactName = CallFact['fact'];

/** The facts of one name. */
export type CallFactOf<Name extends CallFactName> = Extract<CallFact, { readonly fact: Name }>;
