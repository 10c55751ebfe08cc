// A city with a real provider of OpenID Connect: the npm package oidc-provider, in this process, with its own pages for
// signing in, which take any name with any password.
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const client_secret = 'a secret: with & and +'

function signing_keys() {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
  return [{ ...ec, kid: 'e1', use: 'sig', alg: 'ES256' }, { ...rsa, kid: 'r1', use: 'sig', alg: 'RS256' }]
}

/** For the town at `base`: its settings, and what may happen on the way back to it. */
export async function start_city(base, folder) {
  let listener = (request, response) => response.writeHead(503).end()
  let silent = false
  let keep_back = null
  const server = createServer((request, response) => {
    if (silent) return response.writeHead(503).end()
    const write_head = response.writeHead.bind(response)
    response.writeHead = (status, ...rest) => {
      const address = String(response.getHeader('location') ?? '')
      if (!keep_back || !address.startsWith(`${base}/my/city`)) return write_head(status, ...rest)
      response.removeHeader('location')
      keep_back(address)
      keep_back = null
      return write_head(200)
    }
    return listener(request, response)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${server.address().port}`

  // It warns of its own pages, its memory and an older Node; here all three are meant.
  const { warn, info } = console
  console.warn = console.info = () => undefined
  const { Provider } = await import(pathToFileURL(require.resolve('oidc-provider')))
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'doorstep', client_secret, redirect_uris: [`${base}/my/city`], response_types: ['code'], grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: 'ES256',
    }],
    pkce: { required: () => true },
    jwks: { keys: signing_keys() },
    cookies: { keys: ['journeys'] },
    features: { devInteractions: { enabled: true } },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 86_400, IdToken: 600, Interaction: 3_600, Session: 86_400 },
    findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, name: '不会用到的名字' }) }),
  })
  Object.assign(console, { warn, info })
  listener = provider.callback()

  const secret_file = join(folder, 'city-secret')
  writeFileSync(secret_file, `${client_secret}\n`)
  return {
    issuer,
    settings: [
      '--city-account-issuer', issuer, '--city-account-client-id', 'doorstep', '--city-account-secret-file', secret_file,
      '--city-account-name-zh', '示例市账号', '--city-account-name-en', 'Sample City account',
    ],
    silence(wanted) {
      silent = wanted
    },
    /** Whoever is sent back next is not; the address that they were to go to. */
    sent_back_to() {
      return new Promise((resolve) => { keep_back = resolve })
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
