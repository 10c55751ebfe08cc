// One configuration, three apps built apart: DOORSTEP_APP says which.
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const app = process.env.DOORSTEP_APP ?? 'resident'

export default defineConfig({
  root: here(app),
  base: `/${app}/`,
  publicDir: false,
  plugins: [vue()],
  resolve: { alias: { '@shared': here('shared') } },
  // Our own pages are written with the composition API only; Element Plus is left the rest of Vue.
  define: app === 'console' ? {} : { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: here(`dist/${app}`),
    emptyOutDir: true,
    target: ['chrome90', 'safari15', 'firefox100'],
    // The content security policy allows neither inline scripts nor data: addresses.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': process.env.DOORSTEP_SERVER ?? 'http://127.0.0.1:8080' } },
})
