import type { ReactiveController, ReactiveControllerHost } from 'lit';

const hosts = new Set<ReactiveControllerHost>();
let timer: ReturnType<typeof setInterval> | undefined;

function start(): void {
  timer ??= setInterval(() => {
    for (const host of hosts) host.requestUpdate();
  }, 1_000);
}

function stopIfIdle(): void {
  if (hosts.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}

/** Renders its element once a second while it shows a running time: all of them in step, from one timer, none where nothing runs. */
export class Ticker implements ReactiveController {
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  set running(running: boolean) {
    if (running) {
      hosts.add(this.#host);
      start();
    } else {
      this.hostDisconnected();
    }
  }

  hostDisconnected(): void {
    hosts.delete(this.#host);
    stopIfIdle();
  }
}
