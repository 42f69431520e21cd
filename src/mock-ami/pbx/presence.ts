import type { Pbx } from './pbx.ts';

/** Sets a custom presence, `state,subtype,message`, and tells it to those who watch. Source: recording `presence-change`. */
export function setPresence(pbx: Pbx, provider: string, value: string): void {
  const [state = 'not_set', subtype = '', message = ''] = value.split(',');
  pbx.state.presence[provider] = { state, subtype, message };
  pbx.emit('PresenceStateChange', [
    ['Presentity', provider],
    ['Status', state],
    ['Subtype', subtype],
    ['Message', message],
  ]);
  for (const hint of pbx.hints()) {
    if (hint.presence !== provider) continue;
    pbx.emit('PresenceStatus', [
      ['Exten', hint.exten],
      ['Context', hint.context],
      ['Hint', hint.text],
      ['Status', state],
      ['Subtype', subtype],
      ['Message', message],
    ]);
  }
}
