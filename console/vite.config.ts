import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fontFiles } from './font-files.ts';

export default defineConfig({
  base: '/_alacarte/console/',
  plugins: [react(), fontFiles()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy lets no font come from a data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  // With `npm run dev` in here, the API is that of a server at the usual port. It sees the name that
  // the browser has signed for.
  server: {
    proxy: {
      '^/(?!_alacarte/console)': { target: 'http://127.0.0.1:4566', changeOrigin: false },
    },
  },
});
