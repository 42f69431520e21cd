import type { ConfFile } from './conf-file.ts';
import { valuesOf } from './conf-values.ts';

export interface HttpConf {
  readonly enabled: boolean;
  readonly bindAddress: string;
  readonly port: number;
  /** Before every path; without a slash at its end. */
  readonly prefix: string;
  readonly serverName: string;
  readonly sessionLimit: number;
  readonly sessionInactivityMs: number;
  readonly sessionKeepAliveMs: number;
}

/** http.conf. Source: main/http.c, __ast_http_load. */
export function readHttpConf(conf: ConfFile): HttpConf {
  const values = valuesOf(conf, 'general');
  return {
    enabled: values.flag('enabled', false),
    bindAddress: values.text('bindaddr') ?? '',
    port: values.integer('bindport', 8088),
    prefix: readPrefix(values.text('prefix') ?? ''),
    serverName: values.text('servername') ?? '',
    sessionLimit: values.integer('sessionlimit', 100),
    sessionInactivityMs: values.integer('session_inactivity', 30_000),
    sessionKeepAliveMs: values.integer('session_keep_alive', 15_000),
  };
}

function readPrefix(text: string): string {
  const inner = text.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '' : `/${inner}`;
}
