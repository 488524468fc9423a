#!/usr/bin/env bash
# The client authentication method if the provider does not list any.
. "$(dirname "$0")/lib.sh"

packages openid-client@6.9.0
expected "client_secret_basic, the default of OpenID Connect for a provider that lists no method"
seen "client_secret_post: the secret is sent in the body, unless ClientSecretBasic() is passed"

javascript <<'JS'
import { createServer } from 'node:http';
import * as client from 'openid-client';

let issuer = '';
const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json');
  if (request.method === 'GET') {
    response.end(JSON.stringify({ issuer, token_endpoint: `${issuer}/token` }));
    return;
  }
  let body = '';
  request.on('data', (data) => { body += data; });
  request.on('end', () => {
    const basic = request.headers.authorization?.startsWith('Basic ') ?? false;
    console.log(`Authorization: ${basic ? 'Basic' : 'none'};`,
      `secret in the body: ${new URLSearchParams(body).has('client_secret')}`);
    response.end('{"access_token":"t","token_type":"bearer"}');
  });
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
issuer = `http://127.0.0.1:${server.address().port}`;
for (const authentication of [undefined, client.ClientSecretBasic('secret')]) {
  const config = await client.discovery(
    new URL(issuer), 'forum', 'secret', authentication, { execute: [client.allowInsecureRequests] },
  );
  await client.clientCredentialsGrant(config);
}
server.close();
server.closeAllConnections();
JS

shows <<'OUT'
Authorization: none; secret in the body: true
Authorization: Basic; secret in the body: false
OUT
