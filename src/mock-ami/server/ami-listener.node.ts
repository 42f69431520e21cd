import { setTimeout } from 'node:timers/promises';
import type { AmiError } from '../../ami/ami-error.ts';
import type { Link, LinkListener } from '../../ami/link.ts';
import { listenTcp } from '../../ami/tcp-link.node.ts';
import type { AmiServer } from './ami-server.ts';

const GRACE_MS = 250;
const POLL_MS = 5;

export interface AmiListenerOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** `127.0.0.1` by default. */
  readonly host?: string;
  /** Hears of connections that could not be taken, and where the port could not be opened again. */
  readonly onError?: (error: AmiError) => void;
}

/** An open port of the manager interface. */
export interface AmiListener {
  readonly host: string;
  /** The same for as long as it is not closed, also while the PBX is down. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Opens a TCP port for an AMI server. While the server takes no connections (it is down, or switched off in manager.conf) the port is
 * closed, so that they are refused as by a real PBX.
 * @throws AmiError `AMI_LISTEN_FAILED`
 */
export async function listenAmi(server: AmiServer, options: AmiListenerOptions): Promise<AmiListener> {
  const { host = '127.0.0.1', onError } = options;
  const links = new Set<Link>();
  const accept = (link: Link): void => {
    links.add(link);
    server.accept(link);
  };
  const onClose = (link: Link): void => void links.delete(link);
  const open = (port: number): Promise<LinkListener> =>
    listenTcp({ port, host, onClose, ...(onError === undefined ? {} : { onError }) }, accept);
  let listener: LinkListener | undefined = await open(options.port);
  const { port } = listener.address;
  let work: Promise<void> = Promise.resolve();
  let closed = false;

  const follow = async (listening: boolean): Promise<void> => {
    if (listening && listener === undefined && !closed) {
      listener = await open(port).catch((error: AmiError) => {
        onError?.(error);
        return undefined;
      });
    } else if (!listening) {
      await listener?.close();
      listener = undefined;
    }
  };
  const stop = server.onListening((listening) => {
    work = work.then(() => follow(listening));
  });
  if (!server.listening) await follow(false);
  return {
    host,
    port,
    async close() {
      closed = true;
      stop();
      await work;
      await follow(false);
      await allEnded(links);
    },
  };
}

/** Gives clients a moment to end their side too; who does not is cut off. */
async function allEnded(links: ReadonlySet<Link>): Promise<void> {
  for (const link of links) link.end();
  for (let rest = GRACE_MS; links.size > 0 && rest > 0; rest -= POLL_MS) await setTimeout(POLL_MS);
  for (const link of links) link.destroy();
}
