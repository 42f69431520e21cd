import type { Pbx } from '../pbx/pbx.ts';
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
        direction: call.direction,
        state: call.state === 'invited' ? 'ringing' : call.state,
        holding: call.holding,
        held: pbx.channel(call.channel)?.heldByPeer ?? false,
        since: call.sinceMs,
      }),
    ),
  };
}
