import type { CallFact, Party } from '../../src/gateway/wire/call-fact.ts';

/** A fact as a person would say it, with phones for parties: what expectations are written in. */
export function sentence(fact: CallFact): string {
  switch (fact.fact) {
    case 'calls':
      return `${fact.party.phone} calls ${fact.to}`;
    case 'reaches':
      return `${fact.party.phone} reaches ${fact.to}`;
    case 'fails':
      return `${fact.party.phone} does not answer: ${fact.why}`;
    case 'forwards':
      return `${fact.party.phone} forwards to ${fact.to}`;
    case 'picks-up':
      return `${fact.party.phone} picks up the call to ${fact.from.phone}`;
    case 'talk':
      return `${fact.parties
        .map(({ phone }) => phone)
        .sort()
        .join(' and ')} talk`;
    case 'transfers':
      return transfer(fact);
    case 'moves':
      return `${fact.party.phone} is sent to ${fact.to}`;
    case 'parks':
      return `${fact.party.phone} is parked by ${fact.by} at ${fact.space} of ${fact.lot}`;
    case 'retrieves':
      return `${fact.party.phone} takes ${fact.parked.phone} from ${fact.space}`;
    case 'parked-too-long':
      return `${fact.party.phone} was parked at ${fact.space} for too long`;
    case 'queues':
      return `${fact.party.phone} waits in queue ${fact.queue}`;
    case 'leaves-queue':
      return `${fact.party.phone} leaves queue ${fact.queue}: ${fact.why}`;
    case 'joins':
    case 'leaves':
      return `${fact.party.phone} ${fact.fact} conference ${fact.conference}`;
    case 'ends':
      return `the call ends: ${fact.how}${fact.by === undefined ? '' : `, by ${fact.by.phone}`}`;
    default:
      return `${fact.party.phone} ${fact.fact.replace('-', ' ')}`;
  }
}

function transfer(fact: Extract<CallFact, { fact: 'transfers' }>): string {
  const who = (party: Party | undefined) => party?.phone ?? 'somebody';
  const way = fact.kind === 'attended' ? ', after asking' : '';
  return `${fact.by.phone} ${fact.ok ? 'transfers' : 'fails to transfer'} ${who(fact.party)} to ${fact.to}${way}`;
}
