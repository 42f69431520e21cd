/** Ctrl-C reaches a program that npm started twice, from the terminal and from npm, which may be slow. */
const SAME_KEY_PRESS_MS = 2000;

/** Resolves at Ctrl-C, or when somebody asks the process to end. A second time it ends at once, as if nobody had listened. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      setTimeout(() => {
        process.off('SIGINT', stop);
        process.off('SIGTERM', stop);
      }, SAME_KEY_PRESS_MS).unref();
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
