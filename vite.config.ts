import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** 前端构建: one static console under dist/web, no inline script, no address outside the origin. */
export default defineConfig({
  root: 'web',
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { '^/(api|public)(/|\\?|$)': { target: process.env.SHANZHI_API ?? 'http://127.0.0.1:8080', changeOrigin: false } } },
});
