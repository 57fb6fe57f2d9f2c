// Verdaccio, a package registry with a web interface, with three packages of its own and no registry behind it.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { announce } from './announce.mjs'

const { runServer } = createRequire(import.meta.url)('verdaccio')

const PACKAGES = { app: ['1.0.0', '1.1.0'], queue: ['1.0.0'], shapes: ['2.0.0', '2.0.1', '2.1.0'] }

const storage = mkdtempSync(join(tmpdir(), 'perf-verdaccio-'))
process.once('exit', () => rmSync(storage, { recursive: true, force: true }))

const server = await runServer({
  self_path: storage,
  configPath: join(storage, 'config.yaml'),
  storage: join(storage, 'packages'),
  auth: { htpasswd: { file: join(storage, 'htpasswd'), max_users: 10 } },
  flags: { searchRemote: false },
  uplinks: {},
  packages: { '**': { access: '$all', publish: '$authenticated' } },
  security: { web: { sign: { expiresIn: '1h' } } },
  web: { title: 'Packages' },
  log: { type: 'stdout', format: 'pretty', level: 'fatal' },
})
async function put(url, body, token) {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const response = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** The documents that `npm publish` sends, one for each version. */
function manifests(name, versions) {
  const data = Buffer.from('not a real archive: nobody installs it')
  const shasum = createHash('sha1').update(data).digest('hex')
  const all = versions.map(version => ({
    name,
    version,
    description: `The package ${name}`,
    keywords: ['perf', 'example'],
    license: 'MIT',
    readme: `# ${name}\n\nIts readme, in version ${version}.`,
    dependencies: name === 'app' ? { queue: '^1.0.0', shapes: '^2.0.0' } : {},
    dist: { tarball: `http://127.0.0.1/${name}/-/${name}-${version}.tgz`, shasum },
  }))
  return all.map(each => ({
    _id: name,
    name,
    'dist-tags': { latest: each.version },
    versions: { [each.version]: each },
    readme: each.readme,
    _attachments: {
      [`${name}-${each.version}.tgz`]: {
        content_type: 'application/octet-stream',
        data: data.toString('base64'),
        length: data.length,
      },
    },
  }))
}

await announce(server, async url => {
  const user = { name: 'alice', password: 'correct horse', type: 'user', roles: [] }
  const { token } = await put(`${url}-/user/org.couchdb.user:alice`, user)
  for (const [name, versions] of Object.entries(PACKAGES)) {
    for (const each of manifests(name, versions)) await put(`${url}${name}`, each, token)
  }
})
