import type { Scope } from '../../src/accounts/access-token-scopes.js';
import { SCOPES } from '../../src/accounts/access-token-scopes.js';
import { NewAccessToken } from '../../src/accounts/access-tokens.dto.js';
import { AccessTokens } from '../../src/accounts/access-tokens.service.js';
import type { TestApp } from './app.js';

export interface ApiAnswer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A program that calls the API. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  async send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<Body>> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'accept-language': 'en-GB',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? null : JSON.parse(text)) as Body,
    };
  }
}

/** A program with an access token of a member. */
export async function clientOf(
  site: TestApp,
  handle: string,
  scopes: readonly Scope[] = SCOPES,
): Promise<ApiClient> {
  // One token for each set of scopes, as a member can have at most twenty.
  const name = `app ${SCOPES.map((scope) => (scopes.includes(scope) ? '1' : '0')).join('')}`;
  const form = Object.assign(new NewAccessToken(), { name, scopes });
  const viewer = await site.make.viewer(handle);
  await site.make.rows('delete from access_tokens where member_id = $1 and name = $2', [
    viewer.memberId,
    name,
  ]);
  const token = await site.app.get(AccessTokens).create(viewer, form);
  return new ApiClient(site.url, { authorization: `Bearer ${token}` });
}
