import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';
import { setVariable } from './variables.ts';

/**
 * The quality of the media as Asterisk tells it when a dialog ends: RTPAUDIOQOS and its kin, also on the channel it talked to.
 * The simulated lines are perfect: 50 packets a second each way, none lost. Source: `ast_rtp_instance_set_stats_vars`, main/rtp_engine.c.
 */
export function tellRtpStatistics(pbx: Pbx, channel: Channel): void {
  if (channel.state !== 'Up') return;
  const peerId = pbx.bridge(channel.bridge)?.channels.find((uniqueid) => uniqueid !== channel.uniqueid);
  const peer = peerId === undefined ? undefined : pbx.channel(peerId);
  const packets = Math.round((pbx.now - channel.answeredMs) / 20);
  const ssrc = Math.floor(pbx.random() * 0xffffffff);
  const theirs = Math.floor(pbx.random() * 0xffffffff);
  const values: readonly [string, string][] = [
    [
      '',
      `ssrc=${ssrc};themssrc=${theirs};lp=0;rxjitter=0.000000;rxcount=${packets};txjitter=0.000000;txcount=${packets};rlp=0;rtt=0.000000;rxmes=0.000000;txmes=0.000000`,
    ],
    ['JITTER', spread('jitter', 'rxjitter', '000.000000')],
    ['LOSS', spread('lost', 'rxlost', '000.000000')],
    ['RTT', 'minrtt=000.000000;maxrtt=000.000000;avgrtt=000.000000;stdevrtt=000.000000;'],
    ['MES', spread('mes', 'rxmes', '000.000000')],
  ];
  for (const [suffix, value] of values) {
    setVariable(pbx, channel, `RTPAUDIOQOS${suffix}`, value);
    if (peer !== undefined) setVariable(pbx, peer, `RTPAUDIOQOS${suffix}BRIDGED`, value);
  }
}

function spread(name: string, received: string, zero: string): string {
  const sent = received.replace(/^rx/, 'reported ').replace('reported ', 'reported');
  return (
    ['min', 'max', 'avg', 'stdev'].map((kind) => `${kind}${received}=${zero};`).join('') +
    ['min', 'max', 'avg', 'stdev'].map((kind) => `${sent}${kind}${name}=${zero};`).join('')
  );
}
