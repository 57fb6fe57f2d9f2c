// Test (Node): no secret is left in a URL, and nothing else of it changes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redactUrl } from '../../../wire/redact-url.ts'
import { lettersOf, REDACTED } from '../../../wire/secrets.ts'

test.each([
  ['https://bob:hunter2@host/a', 'https://REDACTED@host/a'],
  ['https://bob@host/a', 'https://REDACTED@host/a'],
  ['http://bob:pa@ss@host:99999/', 'http://REDACTED@host:99999/'],
  ['https://host/a?token=s3cret&b=1', 'https://host/a?token=REDACTED&b=1'],
  ['https://host/a?b=1&Access_Token=s3cret#c', 'https://host/a?b=1&Access_Token=REDACTED#c'],
  ['https://host/a?accessToken=s3=cr=et', 'https://host/a?accessToken=REDACTED'],
  ['https://host/a?api%5Fkey=s3cret', 'https://host/a?api%5Fkey=REDACTED'],
  ['https://host/a?user[password]=s3cret', 'https://host/a?user[password]=REDACTED'],
  ['https://host/a?X-Amz-Signature=s3cret&X-Amz-Date=1', 'https://host/a?X-Amz-Signature=REDACTED&X-Amz-Date=1'],
  ['https://host/a?token=s3;cret', 'https://host/a?token=REDACTED'],
  ['https://host/a?token=s3?cret/#x', 'https://host/a?token=REDACTED#x'],
  ['https://host/a?token=s3?b=cret;c=d&e=f', 'https://host/a?token=REDACTED&e=f'],
  ['https://host/cb#access_token=s3cret&state=1', 'https://host/cb#access_token=REDACTED&state=1'],
  ['https://host/#/callback?code=s3cret', 'https://host/#/callback?code=REDACTED'],
  ['https://host/a??token=s3cret', 'https://host/a??token=REDACTED'],
  ['https://host/a;jsessionid=s3cret/b;c=1?d=2', 'https://host/a;jsessionid=REDACTED/b;c=1?d=2'],
  ['https://host/a?next=/b?token=s3cret', 'https://host/a?next=/b?token=REDACTED'],
  ['/relative?token=s3cret', '/relative?token=REDACTED'],
])('%s becomes %s', (url, redacted) => {
  expect(redactUrl(url)).toBe(redacted)
})

test('finds secrets of a URL within a URL', () => {
  const inner = 'https://bob:pw@host/a?token=s3cret&b=1'
  for (const nested of [inner, encodeURIComponent(inner), 'b=1&password=s3cret']) {
    const redacted = redactUrl(`https://host/login?next=${encodeURIComponent(nested)}&x=1`)
    expect(redacted).not.toContain('s3cret')
    expect(redacted).not.toContain('pw')
    expect(redacted).toMatch(/&x=1$/)
  }
})

const SECRET_NAMES = ['token', 'id_token', 'refreshToken', 'API-KEY', 'code', 'client_secret', 'Password', 'sig', 'jwt']
const OTHER_NAMES = [
  'q',
  'page',
  'author',
  'zipcode',
  'monkey',
  'keyboard',
  'design',
  'passenger',
  'encode',
  'sort_key',
]
const secret = fc.stringMatching(/^s3cret[A-Za-z0-9._~!$'()*+,;:@/?=-]{0,20}$/)
const plain = fc.webUrl({ withQueryParameters: false, withFragments: false })
const pair = fc.tuple(fc.constantFrom(...OTHER_NAMES), fc.stringMatching(/^[a-z0-9%._~-]{0,8}$/))
const pairs = fc.array(
  pair.map(([name, value]) => `${name}=${value}`),
  { maxLength: 3 },
)

test('no secret survives, wherever its parameter stands', () => {
  fc.assert(
    fc.property(
      plain,
      pairs,
      fc.constantFrom(...SECRET_NAMES),
      secret,
      pairs,
      fc.constantFrom('?', '#', '#/route?'),
      (base, before, name, value, after, mark) => {
        const redacted = redactUrl(`${base}${mark}${[...before, `${name}=${value}`, ...after].join('&')}`)
        expect(redacted).not.toContain('s3cret')
        expect(redacted).toContain(REDACTED)
        expect(redacted.startsWith(base)).toBe(true)
      },
    ),
    { numRuns: 2_000 },
  )
})

test('no password survives', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,5}:s3cret[A-Za-z0-9.:@!$%-]{0,10}$/), fc.domain(), (userInfo, host) => {
      expect(redactUrl(`https://${userInfo}@${host}/`)).not.toContain('s3cret')
    }),
  )
})

test('a URL without secrets stays as it is', () => {
  fc.assert(
    fc.property(plain, pairs, pairs, (base, query, fragment) => {
      const url = `${base}?${query.join('&')}#${fragment.join('&')}`
      expect(redactUrl(url)).toBe(url)
    }),
  )
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: false, withFragments: true }), url => {
      fc.pre(!url.includes('='))
      expect(redactUrl(url)).toBe(url)
    }),
  )
})

test('never throws, and redacting twice is redacting once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const once = redactUrl(text)
      expect(redactUrl(once)).toBe(once)
    }),
  )
})

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzM2NyZXQifQ.s3cretSignature'
const UUID = '0b6e1f2a-3c4d-4e5f-8a9b-0c1d2e3f4a5b'
const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const encoded = encodeURIComponent

/** URLs as they are met, and what of them is a secret. */
const SHAPES: [where: string, url: string, secrets: string[]][] = [
  ['CAS service ticket', '/app?ticket=ST-1856339-aA5Yuvrxzpv8Tau1cYQ7', ['aA5Yuvrxzpv8Tau1cYQ7']],
  ['CAS proxy ticket', '/proxyCallback?pgtId=x&pgtTicket=PGT-330-CSdUc5fCBz3g', ['CSdUc5fCBz3g']],
  ['OpenID Connect logout', `/logout?id_token_hint=abc.def.s3cret&state=CA`, ['s3cret']],
  [
    'OpenID Connect front channel',
    '/cb?code=4/0AX4XfWh&state=xyz_KzM9fQ2LrT7v&session_state=1',
    ['4/0AX4XfWh', 'KzM9fQ2LrT7v'],
  ],
  ['OAuth 1', '/oauth?oauth_token=hh5s93j4hdidpola&oauth_verifier=hfdp7dh39dks9884', ['hh5s93j4', 'hfdp7dh3']],
  ['OAuth device code', '/device?user_code=WDJB-MJHT', ['WDJB-MJHT']],
  ['Firebase action link', '/__/auth/action?mode=resetPassword&oobCode=ABC123xyz', ['ABC123xyz']],
  ['SAML artifact binding', '/acs?SAMLart=AAQAAMh48/1oXIM', ['AAQAAMh48']],
  ['SAML redirect binding', '/sso?SAMLRequest=fZFfa8Iw&RelayState=home', ['fZFfa8Iw']],
  ['WS-Federation', '/signin?wa=wsignin1.0&wresult=%3Ct:RequestSecurityTokenResponse%3Es3cret', ['s3cret']],
  ['anti-forgery token', '/form?csrf=s3cret&_csrf=s3cret&csrfmiddlewaretoken=s3cret&X-XSRF=s3cret', ['s3cret']],
  ['bearer as a parameter', '/ws?bearer=s3cret', ['s3cret']],
  ['BitTorrent tracker', '/announce?passkey=s3cret&left=5', ['s3cret']],
  ['license', '/activate?license_key=AAAA-BBBB&licenceKey=AAAA-BBBB', ['AAAA-BBBB']],
  ['JWT under any name', `/next?state=${JWT}&x=${JWT}`, ['s3cretSignature']],
  ['JWT in a path', `/verify-email/${JWT}?x=1`, ['s3cretSignature']],
  ['JWT in a fragment', `/app#/${JWT}`, ['s3cretSignature']],
  [
    'encrypted JWT',
    '/cb?x=eyJhbGciOiJkaXIifQ..48V1_ALb6US04U3b.5eym8TW_c8SuK0lt.XFBoMYUZodetZdvT',
    ['XFBoMYUZodetZdvT'],
  ],
  ['JSON in a value', `/rpc?input=${encoded('{"user":{"id":7,"apiKey":"s3cret"},"page":2}')}`, ['s3cret']],
  ['JSON, encoded twice', `/rpc?input=${encoded(encoded('[{"password":"s3cret"}]'))}`, ['s3cret']],
  ['URL in JSON', `/go?to=${encoded('{"url":"https://host/?token=s3cret"}')}`, ['s3cret']],
  ['JSON that was cut off', `/rpc?input=${encoded('{"page":1,"token":"s3cre').slice(0, -1)}`, ['s3cr']],
  ['name within a value', '/a?filter=token=s3cret', ['s3cret']],
  ['Laravel password reset', `/reset-password/${HASH}?email=a`, [HASH]],
  ['Django password reset', '/accounts/reset/MQ/5xk-0a1b2c3d4e5f6a7b8c9d/', ['0a1b2c3d4e5f6a7b8c9d']],
  ['single-page password reset', '/#/passwordReset/k3Jd92kslQ0xMz', ['k3Jd92kslQ0xMz']],
  ['confirmation by UUID', `/users/confirm/${UUID}`, [UUID]],
  ['invitation', '/invite/zH7dK2pQ9w', ['zH7dK2pQ9w']],
  ['magic link', '/login/magic-link/Zm9vYmFyYmF6cXV4', ['Zm9vYmFyYmF6cXV4']],
  ['unsubscribe link', '/unsubscribe/dXNlcjoxMjM0NTY3', ['dXNlcjoxMjM0NTY3']],
  ['Discord webhook', '/api/webhooks/1100220033/aBcD-efGh1234_s3cret', ['efGh1234']],
  ['Slack webhook', 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX', ['XXXX', 'T0000']],
  ['Telegram bot', 'https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe', ['AAHdqT']],
  ['GitHub token', '/x?v=ghp_16C7e42F292c6912E7710c838347Ae178B4a', ['16C7e42F']],
  ['AWS access key', '/x?v=AKIAIOSFODNN7EXAMPLE', ['IOSFODNN7']],
  ['Stripe key', '/x?v=sk_live_4eC39HqLyjWDarjtT1zdp7dc', ['4eC39HqL']],
  ['Google key', '/maps?k=AIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe', ['SyDaGmWK']],
  ['header in a value', '/proxy?header=Authorization:%20Bearer%20mF_9.B5f-4.1JqM', ['mF_9.B5f']],
  [
    'header with a password in a value',
    '/proxy?h=Basic%20dXNlcjpwYXNzd29yZA%3D%3D&g=basic+Ym9iOmh1bnRlcg',
    ['dXNlcjpw', 'Ym9iOmh1'],
  ],
  ['Azure function', '/api/f?x-functions-key=s3cret', ['s3cret']],
  ['short names', '/login?pw=s3cret&x-auth=s3cret&oauth=s3cret&cvv=s3cret', ['s3cret']],
  ['Mattermost webhook', '/hooks/k3Jd92kslQ0xMzq1', ['k3Jd92ks']],
  ['Azure signed URL', '/blob?sv=2022-11-02&sig=s3cret%3D&se=2030-01-01', ['s3cret']],
  ['Akamai token', '/live.m3u8?hdnts=exp=1700000000~acl=/*~hmac=s3cret', ['s3cret']],
]

test.each(SHAPES)('redacts %s', (_, path, secrets) => {
  const redacted = redactUrl(path.startsWith('/') ? `https://host${path}` : path)
  for (const secret of secrets) expect(redacted).not.toContain(secret)
  expect(redacted).toContain(REDACTED)
  expect(redactUrl(redacted)).toBe(redacted)
})

test.each([
  `/api/orders/${UUID}`,
  `/commits/${HASH}?ref=main`,
  `/api/users/42/tokens/7`,
  `/users?id=${UUID}&hash=${HASH}&sort_key=name&page=2`,
  '/blog/how-to-reset-your-password-when-you-forgot-it',
  '/reset/settings',
  '/password-reset/sent',
  '/verify/step-2',
  '/confirm/order',
  '/activate/trial30',
  '/invite/new-customers',
  '/tokens/usd-coin',
  '/webhooks/github',
  '/products?state=California&state=in_progress&color=red',
  '/support?ticket=4711',
  '/assets/index-BfX92a1k.js?v=8f3a2b1c',
  '/_next/data/Zk3dL0fQ2xM1/en/index.json',
  '/search?q=bearer+bonds&filter=name:eq:token',
  '/a?author=bob&zipcode=10115&monkey=1&designkey=2&passenger=3&keyboard=de&consoletype=x',
  '/events?data=%7B%22page%22%3A1%2C%22tags%22%3A%5B%22a%22%5D%7D',
  '/feed?cursor=eyJpZCI6MTAwfQ&after=2024-01-15T10:00:00Z',
  '/t?list=[1,2,3]&open={a}',
  '/files/report.final.v2.pdf',
  '/search?q=basic+Research&topic=Basic%20JavaScript',
  '/docs/hooks/useState?pw_count=3&host=a',
])('keeps %s as it is', path => {
  expect(redactUrl(`https://host${path}`)).toBe(`https://host${path}`)
})

test('keeps what is not secret of JSON in a value', () => {
  const url = `https://host/rpc?input=${encodeURIComponent('{"id":7,"token":"s3cret","tags":["a"],"secret":null}')}&x=1`
  const shown = '{"id":7,"token":"REDACTED","tags":["a"],"secret":null}'
  expect(redactUrl(url)).toBe(`https://host/rpc?input=${encodeURIComponent(shown)}&x=1`)
})

test('leaves out what is nested deeper in JSON than is searched', () => {
  const deep = `${'['.repeat(50)}{"token":"s3cret"}${']'.repeat(50)}`
  expect(redactUrl(`/a?x=${deep}`)).not.toContain('s3cret')
})

test('leaves out what comes after more parameters than a URL has', () => {
  const parameters = (count: number): string => Array.from({ length: count }, (_, i) => `p${i}=1`).join('&')
  expect(redactUrl(`/a?${parameters(1_000)}`)).toBe(`/a?${parameters(1_000)}`)
  expect(redactUrl(`/a?${parameters(1_000)}&token=s3cret`)).toBe(`/a?${parameters(1_000)}REDACTED`)
})

test('takes further names for secret, however they are written, in a URL within a URL too', () => {
  const names = new Set(['Voucher_Code', 'x'].map(lettersOf))
  const url = 'https://host/a?voucher-code=s3cret&X=s3cret&xy=1&next=%2Fb%3FvoucherCode%3Ds3cret'
  expect(redactUrl(url, names)).toBe(
    'https://host/a?voucher-code=REDACTED&X=REDACTED&xy=1&next=%2Fb%3FvoucherCode%3DREDACTED',
  )
  expect(redactUrl(url, new Set())).toBe(redactUrl(url))
})
