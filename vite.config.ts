import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { offline } from './src/cli/tools/offline-plugin.ts';

export default defineConfig({
  // Relative addresses let the built page be served from any sub-path, or from a plain folder of files.
  base: './',
  plugins: [react(), tailwindcss(), offline()],
  // The package keeps this file to itself; worker/load-codecs.ts asks for it.
  resolve: { alias: { 'zstd.wasm': join(import.meta.dirname, 'node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm') } },
  worker: { format: 'es' },
  build: {
    target: ['chrome111', 'edge111', 'firefox114', 'safari16.4'],
    // Nothing is inlined as a data: address, so that a strict content security policy can stand.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              // What the first picture shares with parts that come later: one file compresses better than ten.
              name: 'base',
              test: /src\/store\/(use-app|page-mode|thing)\.|src\/diagram\/measure\.|src\/text\/(index|format)\.|src\/text\/en\/(app|engine|lesson|panel|stage)\.ts|node_modules\/(react|zustand)\/|src\/scenario\/default\.(ts|json)/,
            },
          ],
        },
      },
    },
  },
  preview: { host: '127.0.0.1' },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/text/whole.ts', 'src/cli/node-codecs.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
