import type { Link, LinkHandlers } from '../ami/link.ts';

/** A link that tells how many bytes come over it. */
export function countingLink(link: Link, count: (bytes: number) => void): Link {
  return {
    local: link.local,
    remote: link.remote,
    get pendingBytes() {
      return link.pendingBytes;
    },
    attach: (handlers: LinkHandlers) =>
      link.attach({
        data: (bytes) => {
          count(bytes.length);
          handlers.data(bytes);
        },
        end: () => handlers.end(),
        close: (error) => handlers.close(error),
      }),
    write: (bytes) => link.write(bytes),
    flush: () => link.flush(),
    end: () => link.end(),
    destroy: () => link.destroy(),
    pause: () => link.pause(),
    resume: () => link.resume(),
  };
}
