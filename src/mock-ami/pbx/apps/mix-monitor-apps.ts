import type { Application } from '../application.ts';
import { argumentsOf } from '../dialplan-run.ts';
import { startMixMonitor, stopMixMonitor } from '../mix-monitor.ts';
import { setVariable } from '../variables.ts';

/** Applications of app_mixmonitor. */
export const mixMonitorApplications: Readonly<Record<string, Application>> = {
  mixmonitor: (pbx, channel, args) => {
    const [file = '', options = ''] = argumentsOf(args);
    if (file === '') return 'hangup';
    startMixMonitor(pbx, channel, file, options);
    return 'next';
  },
  stopmixmonitor: (pbx, channel, args) => {
    const stopped = stopMixMonitor(pbx, channel, args);
    setVariable(pbx, channel, 'STOPMIXMONITORSTATUS', stopped ? 'SUCCESS' : 'FAIL');
    return 'next';
  },
};
