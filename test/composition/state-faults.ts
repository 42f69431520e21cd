import { isSeatBusy } from '../../src/mock-ami/pbx/bridge-seat.ts';
import type { Pbx } from '../../src/mock-ami/pbx/pbx.ts';
import type { Channel } from '../../src/mock-ami/pbx/state.ts';

/** What must hold inside the simulation while nothing is about to happen; a sentence for each breach. `died`: phones that once forgot their calls; `deserted`: bridges in which a transfer has left one party alone, as Asterisk does. */
export function stateFaults(pbx: Pbx, died: ReadonlySet<string>, deserted: ReadonlySet<string>): string[] {
  return [
    ...pbx.channels().flatMap((channel) => channelFaults(pbx, channel)),
    ...bridgeFaults(pbx, deserted),
    ...phoneFaults(pbx, died),
  ];
}

/** A wish that nobody follows, and a channel with which nothing will ever happen by itself. */
function channelFaults(pbx: Pbx, channel: Channel): string[] {
  const { name, uniqueid } = channel;
  const faults: string[] = [];
  const doing = `(${channel.activity?.name ?? 'idle'}, ${channel.application})`;
  if (channel.hangupRequested) faults.push(`${name} shall end and does not ${doing}`);
  if (channel.redirected) faults.push(`${name} shall go elsewhere and does not ${doing}`);
  const waits =
    channel.activity !== undefined ||
    channel.bridge !== '' ||
    pbx.state.tasks.some(({ data }) => isAbout(data, uniqueid));
  if (!waits) faults.push(`${name} waits for nothing ${doing}`);
  if (channel.bridge !== '' && pbx.bridge(channel.bridge)?.channels.includes(uniqueid) !== true)
    faults.push(`${name} is in a bridge that does not have it`);
  if (channel.bridge !== '' && channel.activity === undefined)
    faults.push(`${name} sits in a bridge and does nothing there`);
  return faults;
}

function isAbout(data: unknown, uniqueid: string): boolean {
  return JSON.stringify(data).includes(`"${uniqueid}"`);
}

/** Nobody is left alone in a bridge for two, but while a transfer has it in hand or a sound plays to him (where the other was parked). */
function bridgeFaults(pbx: Pbx, deserted: ReadonlySet<string>): string[] {
  return Object.values(pbx.state.bridges).flatMap((bridge) => {
    if (deserted.has(bridge.uniqueid)) return [];
    const alone = bridge.type === 'basic' && bridge.channels.length < 2 && bridge.extra['transfer'] === undefined;
    const waitsForAgent = Object.values(agents(pbx)).some(({ callerBridge }) => callerBridge === bridge.uniqueid);
    const member = pbx.channel(bridge.channels[0] ?? '');
    return alone && !waitsForAgent && (member === undefined || !isSeatBusy(member))
      ? [`a bridge is left with ${member?.name ?? 'nobody'}`]
      : [];
  });
}

function agents(pbx: Pbx): Record<string, { readonly callerBridge: string }> {
  return (pbx.state.parts['agents'] ?? {}) as Record<string, { readonly callerBridge: string }>;
}

/** Each dialog of a phone has its channel, and each channel that thinks so its dialog. */
function phoneFaults(pbx: Pbx, died: ReadonlySet<string>): string[] {
  return Object.values(pbx.state.phones).flatMap((phone) => {
    if (died.has(phone.name)) return [];
    const lost = phone.calls.filter(({ channel }) => pbx.channel(channel) === undefined);
    const deaf = pbx
      .channels()
      .filter(({ endpoint, phoneCall }) => endpoint === phone.name && phoneCall !== '')
      .filter(({ phoneCall }) => phone.calls.every(({ id }) => id !== phoneCall));
    return [
      ...lost.map(({ other }) => `phone ${phone.name} believes in a call with ${other}`),
      ...deaf.map(({ name }) => `${name} believes in a dialog that its phone has ended`),
    ];
  });
}
