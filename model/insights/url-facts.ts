// Any world: what a URL and a route say of a request, by their characters alone.

/** Files that pages are made of, and media: their size and compression are decided when they are built. */
const ASSET =
  /\.(?:m?js|css|map|png|jpe?g|gif|webp|avif|svg|ico|bmp|woff2?|ttf|otf|eot|wasm|mp[34]|webm|ogg|m3u8|ts|m4s|pbf|mvt)$/i
/** What users download, or that is compressed already. */
const DOWNLOAD = /\.(?:zip|gz|tgz|bz2|xz|br|7z|rar|pdf|xlsx?|docx?|pptx?|csv|dmg|exe|apk|iso|tar)$/i
/** Words of paths whose answers are files or pictures, whatever their URLs end with. */
const FILES =
  /\/(?:avatars?|images?|img|photos?|pictures?|thumb(?:nail)?s?|icons?|logos?|covers?|posters?|sprites?|media|blobs?|raw|attachments?|downloads?|exports?|files?)(?:\/|$)/i
/** Requests of development servers, which no user of the app makes. */
const DEV_SERVER =
  /\/@(?:vite|fs|id|react-refresh)\b|\/__vite|hot-update|\/_next\/(?:static|data|webpack-hmr)|\/sockjs|\/webpack-dev-server|\/__webpack|\/_nuxt\/|\/node_modules\//
const LOCAL_HOST = /^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|host\.docker\.internal)$/i
/** Map tiles: `/tiles/12/2200/1343`. */
const TILE = /(?:\/-?\d+){3,}(?:@\dx)?(?:\.\w+)?$/
/** Parameters that choose a page of a list. */
const PAGING = /^(?:page|offset|cursor|after|before|start|skip|from|limit|per_?page|page_?size|size|since|next|p)$/i

/** A URL that can be read. */
export interface UrlFacts {
  origin: string
  host: string
  path: string
  /** The names and values of its parameters. */
  parameters: readonly (readonly [name: string, value: string])[]
  isLocal: boolean
  isAsset: boolean
  isDownload: boolean
  /** By a word of its path. */
  isOfFiles: boolean
  isDevServer: boolean
  isTile: boolean
}

/** Second-level domains below which countries register names: `example.co.uk`. */
const SECOND_LEVEL = /^(?:ac|co|com|edu|gob|gov|gouv|ne|net|or|org)$/

/**
 * The part of a host that has one owner, as far as its labels tell: `shop.example.co.uk` → `example.co.uk`. Addresses and
 * names without a dot have no part that is shared.
 */
export function siteOf(host: string): string {
  if (/^[\d.]+$|:|^[^.]*$/.test(host)) return host.toLowerCase()
  const labels = host.toLowerCase().split('.')
  const [second = '', top = ''] = labels.slice(-2)
  return labels.slice(top.length === 2 && SECOND_LEVEL.test(second) ? -3 : -2).join('.')
}

/** URLs of files may be anything, so nothing here throws or is super-linear. */
export function urlFacts(url: string): UrlFacts {
  const [, origin = '', host = '', path = '', query = ''] =
    /^([a-z][a-z\d+.-]*:\/\/((?:\[[^\]/?#]*\]|[^/?#:])*)(?::\d*)?)?([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? []
  const parameters = query === '' ? [] : query.split('&', MAX_PARAMETERS).map(splitParameter)
  return {
    origin,
    host,
    path,
    parameters,
    isLocal: LOCAL_HOST.test(host),
    isAsset: ASSET.test(path),
    isDownload: DOWNLOAD.test(path),
    isOfFiles: FILES.test(path),
    isDevServer: DEV_SERVER.test(path),
    isTile: TILE.test(path),
  }
}

/** Parameters that are looked at. */
const MAX_PARAMETERS = 100

function splitParameter(part: string): [string, string] {
  const equals = part.indexOf('=')
  return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)]
}

/** Whether a parameter chooses a page of a list. */
export function isPaging(parameter: string): boolean {
  return PAGING.test(parameter)
}

/** Parameters that make each URL another one, so that no cache answers. */
const CACHE_BUSTER = /^(?:_|_t|_ts|t|ts|cb|rnd|rand|nocache|no_cache|cache_?bust(?:er)?|timestamp)$/i

export function isCacheBuster([name, value]: readonly [name: string, value: string]): boolean {
  return CACHE_BUSTER.test(name) && /^[\d.]{4,}$/.test(value)
}
