import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const WEB = join(import.meta.dirname, 'web');

/** While developing, the owners' entry stands where the server has it. */
const ownersEntry: Plugin = {
  name: 'owners-entry',
  configureServer: ({ middlewares }) => { middlewares.use((request, _response, next) => { if (/^\/o(?:[/?]|$)/.test(request.url ?? '')) request.url = '/owner/index.html'; next(); }); },
};

/** 前端构建: the console and the owners' light entry, static under dist/web; no inline script, no address outside the origin. */
export default defineConfig({
  root: 'web',
  plugins: [react(), ownersEntry],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    rolldownOptions: { input: { console: join(WEB, 'index.html'), owner: join(WEB, 'owner', 'index.html') } },
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { '^/(api|public)(/|\\?|$)': { target: process.env.SHANZHI_API ?? 'http://127.0.0.1:8080', changeOrigin: false } } },
});
