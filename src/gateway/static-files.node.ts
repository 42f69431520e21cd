import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};

/** Serves the files of one folder, and nothing that is not in it, be it by `..` or by a link; names that start with a dot neither. */
export class StaticFiles {
  readonly #root: Promise<string>;

  /** @throws the system's error, at the first request, where there is no such folder */
  constructor(folder: string) {
    this.#root = realpath(folder);
    this.#root.catch(() => {});
  }

  /** Answers the request; 404 where there is no such file. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = await this.#find(request.url ?? '/');
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is no such page.\n');
      return;
    }
    const etag = `"${file.bytes.toString(36)}-${Math.round(file.changedMs).toString(36)}"`;
    const headers = {
      'content-type': TYPES[extname(file.path)] ?? 'application/octet-stream',
      'content-length': file.bytes,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'same-origin',
      etag,
    };
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end();
    } else if (request.method === 'HEAD') {
      response.writeHead(200, headers).end();
    } else {
      response.writeHead(200, headers);
      createReadStream(file.path)
        .on('error', () => response.destroy())
        .pipe(response);
    }
  }

  async #find(url: string): Promise<{ path: string; bytes: number; changedMs: number } | undefined> {
    const names = pathNames(url);
    if (names === undefined) return undefined;
    try {
      const root = await this.#root;
      const path = await realpath(join(root, ...names));
      const inside = path === root || path.startsWith(root + sep);
      if (!inside) return undefined;
      const { size, mtimeMs, isFile } = await describe(path);
      if (isFile) return { path, bytes: size, changedMs: mtimeMs };
      return names.at(-1) === 'index.html'
        ? undefined
        : await this.#find(`${url.replace(/[?#].*$/s, '').replace(/\/$/, '')}/index.html`);
    } catch {
      return undefined;
    }
  }
}

async function describe(path: string): Promise<{ size: number; mtimeMs: number; isFile: boolean }> {
  const entry = await stat(path);
  return { size: entry.size, mtimeMs: entry.mtimeMs, isFile: entry.isFile() };
}

/** The names on the way to a file; `undefined` where one could lead elsewhere. */
function pathNames(url: string): readonly string[] | undefined {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
    const names = path.split('/').filter((name) => name !== '');
    return names.every((name) => !name.startsWith('.') && !/[\\\0:]/.test(name)) ? names : undefined;
  } catch {
    return undefined;
  }
}
