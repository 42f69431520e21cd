import type { Application } from '../application.ts';
import { asyncGoto } from '../async-goto.ts';
import { SOFT_HANGUP, softHangup } from '../channel.ts';
import { argumentsOf, resolvePlace } from '../dialplan-run.ts';
import { sipCode } from '../hangup-causes.ts';
import type { Pbx } from '../pbx.ts';
import { refuseChannel } from '../technology.ts';
import { setVariable } from '../variables.ts';
import { wakeUp } from '../wake.ts';
import { waitFor } from './waiting.ts';

/** Ends channels by name, with `a` all of a device. Source: apps/app_softhangup.c. */
const softHangUp: Application = (pbx, _channel, args) => {
  const [wanted = '', options = ''] = argumentsOf(args);
  const all = options.includes('a');
  const found = pbx.channels().filter(({ name }) => {
    const shown = all ? name.slice(0, name.lastIndexOf('-')) : name;
    return shown.toLowerCase() === wanted.toLowerCase();
  });
  for (const channel of all ? found : found.slice(0, 1)) {
    softHangup(pbx, channel, SOFT_HANGUP.explicit);
    wakeUp(pbx, channel);
  }
  return 'next';
};

/** Sends another channel elsewhere: CHANNELREDIRECT_STATUS says whether there is one. Source: apps/app_channelredirect.c. */
const channelRedirect: Application = (pbx, channel, args) => {
  const [name = '', ...target] = argumentsOf(args);
  if (name === '' || target.join('') === '') return 'hangup';
  const other = pbx.channelByName(name) ?? pbx.channel(name);
  if (other === undefined) {
    setVariable(pbx, channel, 'CHANNELREDIRECT_STATUS', 'NOCHANNEL');
    return 'next';
  }
  const place = resolvePlace(pbx, other, target.join(','));
  if (place === undefined) return 'hangup';
  asyncGoto(pbx, other, place);
  setVariable(pbx, channel, 'CHANNELREDIRECT_STATUS', 'SUCCESS');
  return 'next';
};

/** Refuses a call that nobody has answered yet, with a SIP code by number or name. Source: `pjsip_app_hangup`, channels/pjsip/dialplan_functions.c. */
const pjsipHangup: Application = (pbx, channel, code) => {
  if (code === '' || channel.tech !== 'PJSIP' || channel.direction !== 'in') return 'hangup';
  if (channel.state === 'Up') return 'hangup';
  refuseChannel(pbx, channel, sipCode(code));
  return waitFor(pbx, channel, Number.POSITIVE_INFINITY);
};

/** Tells by a variable what came of something that phones cannot do, or that nothing tells of. */
function done(variable: string, status: string): Application {
  return (pbx, channel) => {
    setVariable(pbx, channel, variable, status);
    return 'next';
  };
}

function forget(pbx: Pbx, family: string): void {
  const path = `/${family.replace(/^\/+|\/+$/g, '')}`;
  for (const key of Object.keys(pbx.state.astdb))
    if (key === path || key.startsWith(`${path}/`)) delete pbx.state.astdb[key];
}

/** Applications for other channels and for the world outside; nothing is ever run for System(). */
export const channelApplications: Readonly<Record<string, Application>> = {
  softhangup: softHangUp,
  channelredirect: channelRedirect,
  pjsiphangup: pjsipHangup,
  /** Source: apps/app_system.c: as for a command that ends well. */
  system: done('SYSTEMSTATUS', 'SUCCESS'),
  trysystem: done('SYSTEMSTATUS', 'SUCCESS'),
  /** Source: apps/app_sendtext.c; chan_pjsip takes texts, and neither images nor URLs. */
  sendtext: done('SENDTEXTSTATUS', 'SUCCESS'),
  sendimage: done('SENDIMAGESTATUS', 'UNSUPPORTED'),
  sendurl: done('SENDURLSTATUS', 'UNSUPPORTED'),
  playtones: () => 'next',
  stopplaytones: () => 'next',
  /** Source: apps/app_db.c. */
  dbdel: (pbx, _channel, key) => {
    delete pbx.state.astdb[`/${key}`];
    return 'next';
  },
  dbdeltree: (pbx, _channel, family) => {
    forget(pbx, family);
    return 'next';
  },
  /** Until a time in seconds since 1970. Source: apps/app_waituntil.c. */
  waituntil: (pbx, channel, args) => {
    const untilMs = Number.parseFloat(args) * 1000;
    const status = Number.isNaN(untilMs) ? 'FAILURE' : untilMs < pbx.now ? 'PAST' : undefined;
    if (status === undefined) return waitFor(pbx, channel, untilMs - pbx.now, 'next', { variable: 'WAITUNTILSTATUS' });
    setVariable(pbx, channel, 'WAITUNTILSTATUS', status);
    return 'next';
  },
};
