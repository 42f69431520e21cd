import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Builds the SDK, all that it needs included, to two files of `dist/sdk`: `asterclick.js`, a module, and `asterclick.script.js`
 * for a plain `<script>` tag, which makes the global `asterclick`.
 */
export default defineConfig({
  root: path('./src/client'),
  build: {
    outDir: path('./dist/sdk'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: true,
    lib: {
      entry: path('./src/client/sdk.ts'),
      formats: ['es', 'iife'],
      name: 'asterclick',
      fileName: (format) => (format === 'es' ? 'asterclick.js' : 'asterclick.script.js'),
    },
  },
});
