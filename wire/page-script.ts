// Runs in every world and touches none: the name of the page script, and its frames in call stacks.

/**
 * The name that the built page script gives itself by a `sourceURL` comment (vite.config.ts). Each part of it has a use:
 * - `/node_modules/` is in DevTools' default ignore list, so Network's initiators, and the console's links and stacks,
 *   show the frame of the page that called a patched function:
 *   https://developer.chrome.com/docs/devtools/settings/ignore-list
 * - Chromium drops a page's deprecation and policy reports whose source is an extension's URL, as this script's own is:
 *   https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/core/frame/location_report_body.h
 * - It is an absolute URL: DevTools would show a relative one among the page's own files in Sources.
 * - It tells a user who meets it whose script that is.
 */
export const PAGE_SCRIPT_URL = 'perf://perf/node_modules/perf-page-script.js'

/**
 * The page script at the end of a frame: by today's name, or by its address in an extension, which earlier versions have.
 * Each unpacked folder and each Firefox profile has an extension id of its own, so files from elsewhere have others.
 */
const PAGE_SCRIPT =
  /(?:^|[\s(@])(?:perf:\/\/perf\/node_modules\/perf-page-script\.js|(?:chrome|moz)-extension:\/\/[\w-]+\/injected\/main[\w.-]*\.js)(?::\d+)*\)?$/

/** @param frame a URL, or a line of a stack as V8, SpiderMonkey or DevTools writes it. */
export function isPageScriptFrame(frame: string): boolean {
  // Nearly all frames are the page's: to look for a part of the names costs a tenth of the regular expression.
  return (frame.includes('/perf-page-script.js') || frame.includes('/injected/main')) && PAGE_SCRIPT.test(frame)
}
