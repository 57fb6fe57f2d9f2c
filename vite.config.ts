// Node: builds the extension into dist/extension, or with `--mode firefox` into dist/firefox.
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin'
import { minify } from 'terser'
import { defineConfig, type Plugin } from 'vite'
import manifestWithoutVersion from './manifest.json' with { type: 'json' }
import packageJson from './package.json' with { type: 'json' }
import { PAGE_SCRIPT_URL } from './wire/page-script.ts'

const manifest = { ...manifestWithoutVersion, version: packageJson.version }

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

/** Members whose name begins so are named shorter: no other world, no page and no platform knows them. */
const PRIVATE_NAME = /^_[a-z]/

const PAGE_SCRIPT = 'injected/main.js'

/**
 * CRXJS bundles content scripts without the strictness that modules have; and a page would be handed our functions as
 * the `caller` of its own. Minified a second time they are 180 bytes smaller (gzipped) in every page. The page script
 * gets its name here, as a minifier removes comments.
 */
const strictSmallScripts: Plugin = {
  name: 'strict-small-scripts',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    async handler(_options, bundle) {
      for (const name of [PAGE_SCRIPT, 'extension/relay/relay.js']) {
        const file = bundle[name]
        if (!file) throw new Error(`CRXJS emitted no ${name}`)
        const source = file.type === 'asset' ? String(file.source) : file.code
        const minified = await minify(`'use strict';${source}`, {
          ecma: 2020,
          toplevel: true,
          compress: { passes: 4, hoist_props: true, hoist_funs: true, unsafe_arrows: true, unsafe_methods: true },
          mangle: { properties: { regex: PRIVATE_NAME } },
        })
        const code = `${minified.code}${name === PAGE_SCRIPT ? `\n//# sourceURL=${PAGE_SCRIPT_URL}` : ''}`
        if (file.type === 'asset') file.source = code
        else file.code = code
      }
    },
  },
}

/**
 * Firefox has an event page in the place of a worker, always clones structures, and wants an id. It does not support
 * `"incognito": "split"`: one event page would serve private windows too and store what happens there on the disk. So the
 * extension stays out of private windows.
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/incognito
 */
function firefoxManifest(): ManifestV3Export {
  const { minimum_chrome_version: _, message_serialization: __, background, ...shared } = manifest
  return {
    ...shared,
    incognito: 'not_allowed',
    background: { scripts: [background.service_worker], type: 'module' },
    browser_specific_settings: {
      gecko: {
        id: 'perf@perf-devtools',
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  } as ManifestV3Export
}

/** While it is developed, pages load from Vite's server and are updated by it. */
function developedManifest(): ManifestV3Export {
  const { content_security_policy: _, ...rest } = manifest
  return rest as ManifestV3Export
}

export default defineConfig(({ mode, command }) => {
  const firefox = mode === 'firefox'
  const chromiumManifest = command === 'serve' ? developedManifest() : (manifest as ManifestV3Export)
  return {
    plugins: [
      crx({
        manifest: firefox ? firefoxManifest() : chromiumManifest,
        browser: firefox ? 'firefox' : 'chrome',
      }),
      nothingWebAccessible,
      strictSmallScripts,
    ],
    build: {
      outDir: firefox ? 'dist/firefox' : 'dist/extension',
      target: firefox ? 'firefox142' : 'chrome148',
      modulePreload: false,
      rollupOptions: {
        input: { panel: 'panel/panel.html' },
        // The hash in the name of an entry would depend on the folder in which it is built; a release is the same everywhere.
        output: {
          entryFileNames: 'assets/[name].js',
          // CRXJS adds its entries as chunks, named after their files.
          chunkFileNames: ({ name }) => `assets/[name]${name.endsWith('.ts') ? '' : '-[hash]'}.js`,
        },
      },
    },
  }
})
