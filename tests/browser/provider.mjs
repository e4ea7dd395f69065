// An OpenID provider as a board would have one: npm's oidc-provider over TLS, which binds access tokens to the certificate that the
// console authenticates with (RFC 8705). Everybody whom it knows is invented.
import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { Provider, errors } from 'oidc-provider';

const PEOPLE = {
  ffion: { name: 'Ffion Mathias', agency: 'Heddlu Gwent Ganol', roles: ['gwg-practitioners', 'unknown-group'] },
  sian: { name: 'Siân Powell', agency: 'Cwm Derwen Council', roles: ['cdc-chairs'] },
  nobody: { name: 'Nobody Known', agency: 'Elsewhere', roles: ['gwg-practitioners'] },
};
/** How long access tokens live: short, so that the console has to renew them while the test looks on. */
const LIFE = 33;

/** Starts one. What it has seen happen is counted. */
export async function start({ port, key, cert, boardCa, console: origin, audience, client }) {
  const seen = { refreshed: 0, authorized: 0 };
  const issuer = `https://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'diogel-console',
      redirect_uris: [`${origin}/sign-in/answer`],
      post_logout_redirect_uris: [`${origin}/signed-out`],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_san_uri: client,
      tls_client_certificate_bound_access_tokens: true,
      id_token_signed_response_alg: 'RS256',
    }],
    clientAuthMethods: ['tls_client_auth'],
    findAccount: (_, id) => PEOPLE[id] && { accountId: id, claims: () => ({ sub: id }) },
    extraTokenClaims: (_, token) => PEOPLE[token.accountId],
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    pkce: { required: () => true },
    ttl: { AccessToken: LIFE, IdToken: 300, RefreshToken: 3600, Session: 3600, Grant: 3600, Interaction: 600, AuthorizationCode: 60 },
    cookies: { keys: ['invented'] },
    features: {
      devInteractions: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => {
          if (resource !== audience) throw new errors.InvalidTarget();
          return { scope: 'openid profile offline_access', audience, accessTokenTTL: LIFE, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } };
        },
      },
      mTLS: {
        enabled: true,
        certificateBoundAccessTokens: true,
        tlsClientAuth: true,
        getCertificate: ctx => {
          const peer = ctx.req.socket.getPeerCertificate();
          return peer.raw && new X509Certificate(peer.raw).toString();
        },
        certificateAuthorized: ctx => ctx.req.socket.authorized,
        certificateSubjectMatches: (ctx, property, expected) => {
          const names = ctx.req.socket.getPeerCertificate().subjectaltname ?? '';
          return property === 'tls_client_auth_san_uri' && names.split(', ').includes(`URI:${expected}`);
        },
      },
    },
  });
  provider.on('grant.success', ctx => {
    if (ctx.oidc.params.grant_type === 'refresh_token') seen.refreshed += 1;
    else seen.authorized += 1;
  });
  provider.on('server_error', (_, error) => console.error(error));
  const server = createServer({
    key: readFileSync(key), cert: readFileSync(cert), ca: readFileSync(boardCa), requestCert: true, rejectUnauthorized: false,
  }, provider.callback());
  await new Promise(up => server.listen(port, '127.0.0.1', up));
  return { issuer, seen, stop: () => { server.closeAllConnections(); server.close(); } };
}
