import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Builds the page to `dist/panel`; it can be served from any folder of a server. */
export default defineConfig({
  root: path('.'),
  base: './',
  build: {
    outDir: path('../../dist/panel'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: true,
  },
});
