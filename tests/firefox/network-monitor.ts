// Node; the script that it sends runs in Firefox: what Firefox's Network Monitor lists of a HAR file. The modules are internal to
// Firefox and may move.
import type { FirefoxSession } from '../../scripts/firefox-session.ts'

/** A row of its list. Times are milliseconds, sizes bytes; -1 for a size that the file does not know. */
export interface ListedRequest {
  url: string
  method: string
  /** Empty for a request without a response. */
  status: string
  start: number
  duration: number
  transferredSize: number
  contentSize: number
}

export interface NetworkMonitor {
  rows: ListedRequest[]
  /** The number of requests in its status bar. */
  count: string
}

/** The columns that are shown: drawing takes time. What others show is not exact. */
const COLUMNS = ['url', 'method', 'status']

/** Opens the Network Monitor beside the tool that is shown, imports the file, and shows it. */
export async function openInNetworkMonitor(firefox: FirefoxSession, har: string): Promise<NetworkMonitor> {
  const shown = await firefox.inToolbox(`
    const columns = ${JSON.stringify(COLUMNS)};
    const earlierTool = toolbox.currentToolId;
    const { panelWin } = await toolbox.selectTool('netmonitor');
    // Firefox adds the entries of a file one by one. While it shows the list, it sorts and draws all of it after each, which takes
    // minutes with thousands of entries. A tool that is not shown draws nothing:
    // https://searchfox.org/mozilla-central/source/devtools/client/shared/redux/visibilityHandlerStore.js
    await toolbox.selectTool(earlierTool);
    const { actions, document, store } = panelWin;
    for (const [name, isShown] of Object.entries(store.getState().ui.columns)) {
      if (isShown !== columns.includes(name)) actions.toggleColumn(name);
    }
    const { HarImporter } = panelWin.windowRequire('devtools/client/netmonitor/src/har/har-importer');
    new HarImporter(actions).import(${JSON.stringify(har)});
    await toolbox.selectTool('netmonitor');
    const byId = new Map(store.getState().requests.requests.map(request => [request.id, request]));
    const rows = [...document.querySelectorAll('.request-list-item')].map(row => {
      const [url, method, status] = columns.map(name => row.querySelector('.requests-list-' + name).textContent);
      const { startedMs, totalTime, transferredSize, contentSize } = byId.get(row.dataset.id);
      return { url, method, status, start: startedMs, duration: totalTime, transferredSize, contentSize };
    });
    return JSON.stringify({ rows, count: document.querySelector('.requests-list-network-summary-count').textContent })`)
  return JSON.parse(String(shown)) as NetworkMonitor
}
