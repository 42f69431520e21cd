import type { Pbx } from '../pbx/pbx.ts';
import type { PhoneCall } from '../phones/phone-state.ts';
import type { SimulatedStage } from '../simulated-stage.ts';
import type { ControlCall, ControlPhone } from './wire.ts';

/** Names of the desk phones: the endpoints that can register. */
export function deskPhones(pbx: Pbx): string[] {
  const { endpoints, aors } = pbx.config.pjsip;
  const names = [...endpoints.values()].filter((endpoint) => {
    return endpoint.aors.some((aor) => (aors.get(aor)?.maxContacts ?? 0) > 0);
  });
  return names.map(({ name }) => name).filter((name) => pbx.state.phones[name] !== undefined);
}

/** A phone as its display shows it now. */
export function controlPhone(stage: SimulatedStage, name: string): ControlPhone {
  const pbx = stage.simulation;
  const phone = stage.phone(name);
  return {
    name,
    label: pbx.config.pjsip.endpoints.get(name)?.callerId.name || name,
    registered: phone.registered,
    lamp: phone.lamp,
    calls: (pbx.state.phones[name]?.calls ?? []).map(
      (call): ControlCall => ({
        other: call.other,
        otherName: call.otherName,
        shown: shownParty(pbx, name, call),
        direction: call.direction,
        state: call.state === 'invited' ? 'ringing' : call.state,
        holding: call.holding,
        held: pbx.channel(call.channel)?.heldByPeer ?? false,
        since: call.sinceMs,
      }),
    ),
  };
}

function shownParty(pbx: Pbx, phone: string, call: PhoneCall): ControlCall['shown'] {
  const connected = pbx.channel(call.channel)?.connected;
  const told = call.state === 'up' && pbx.config.pjsip.endpoints.get(phone)?.tellsConnectedLine === true;
  if (!told || connected === undefined || connected.num === '') return { number: call.other, name: call.otherName };
  return { number: connected.num, name: connected.name };
}
