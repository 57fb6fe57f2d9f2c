// Node: builds the extension into dist/extension.
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin'
import { defineConfig, type Plugin } from 'vite'
import manifest from './manifest.json' with { type: 'json' }

/**
 * CRXJS exposes dynamically registered scripts to every site as `web_accessible_resources`. Scripts run by
 * `chrome.scripting` need no such exposure, and with it any page could tell that the extension is installed.
 */
const nothingWebAccessible: Plugin = {
  name: 'nothing-web-accessible',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const emitted = bundle['manifest.json']
      if (emitted?.type !== 'asset') throw new Error('CRXJS emitted no manifest.json')
      const { web_accessible_resources: _, ...rest } = JSON.parse(String(emitted.source)) as ManifestV3Export & object
      emitted.source = JSON.stringify(rest, null, 2)
    },
  },
}

export default defineConfig({
  plugins: [crx({ manifest: manifest as ManifestV3Export }), nothingWebAccessible],
  build: {
    outDir: 'dist/extension',
    target: 'chrome148',
    modulePreload: false,
    rollupOptions: { input: { panel: 'panel/panel.html' } },
  },
})
