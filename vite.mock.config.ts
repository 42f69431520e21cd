import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The doors of net-mock-ami, by where they lie in the package. */
const DOORS = [
  'mock-ami/net-mock-ami',
  'mock-ami/net-mock-ami.node',
  'mock-ami/test-server/asterisk-ami-test-server.node',
  'mock-ami/suite/vitest.node',
  'mock-ami/command/main.node',
];

/**
 * Builds what net-mock-ami runs: its doors, and a few files with what they share of the parts that it is made of. Few files, as a
 * program that starts in every test should load quickly; packages that it depends on stay imports, as in all that
 * Vite builds for a server.
 */
export default defineConfig({
  build: {
    ssr: true,
    outDir: path('./src/mock-ami/dist'),
    emptyOutDir: true,
    target: 'es2023',
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(DOORS.map((door) => [door, path(`./src/${door}.ts`)])),
      output: { entryFileNames: '[name].js', chunkFileNames: 'shared/[name]-[hash].js' },
    },
  },
});
