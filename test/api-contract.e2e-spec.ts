import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCOPES, type Scope } from '../src/accounts/access-token-scopes.js';
import { exampleOf, type Schema } from '../src/api/api-schema.js';
import { testApp, type TestApp } from './support/app.js';
import { ApiClient, clientOf, type ApiAnswer } from './support/api-client.js';
import { Schemas } from './support/openapi.js';

interface Answer {
  content?: Record<string, { schema: Schema }>;
}

interface Operation {
  operationId: string;
  description: string;
  parameters?: { name: string; in: string; required: boolean; example?: unknown }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, Answer>;
}

interface Document {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

interface Call {
  name: string;
  method: string;
  path: string;
  operation: Operation;
  scope: Scope | null;
  open: boolean;
  public: boolean;
}

describe('the API, as it is documented', () => {
  let site: TestApp;
  let document: Document;
  let schemas: Schemas;
  let calls: Call[];
  let count = 0;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    document = (await (await fetch(`${site.url}/api/openapi.json`)).json()) as Document;
    schemas = new Schemas(document.components.schemas);
    calls = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        operation,
        scope: SCOPES.find((each) => operation.description.includes(`\`${each}\``)) ?? null,
        open: operation.description.includes('what a guest can see'),
        public: operation.description.includes('Needs no token'),
      })),
    );
    for (const handle of ['author', 'mate', 'outsider']) await site.make.member(handle);
  });
  afterAll(() => site.close());

  /** Creates a separate closed community for each operation, with its object. */
  async function pathOf(call: Call): Promise<string> {
    count += 1;
    const slug = await site.make.community({ slug: `room-${count}`, visibility: 'approval' });
    for (const handle of ['author', 'mate']) await site.make.join(handle, slug);
    const thread = await site.make.thread({ community: slug, author: 'author', notes: ['other'] });
    const own = await site.make.reply({ thread, author: 'author', body: 'My own words.' });
    const other = await site.make.reply({ thread, author: 'mate', body: 'Words of a mate.' });
    const strategy = await site.make.strategy();
    const { path } = call;
    const id = path.includes('/notifications/')
      ? await site.make.notice('author', other)
      : path.includes('/threads/')
        ? thread
        : /reactions|reports/.test(path)
          ? other
          : own;
    const query = (call.operation.parameters ?? [])
      .filter((each) => each.in === 'query' && each.required)
      .map(({ name, example }) => `${name}=${encodeURIComponent(String(example))}`);
    return (
      path
        .replace('/api/v1', '')
        .replace('{id}', id)
        .replace('{kind}', 'with-you')
        .replace('{country}', 'GB')
        .replace('{slug}', path.includes('/strategies/') ? strategy : slug) +
      (query.length === 0 ? '' : `?${query.join('&')}`)
    );
  }

  function bodyOf({ operation }: Call): unknown {
    const schema = operation.requestBody?.content['application/json'].schema;
    return schema === undefined ? undefined : exampleOf(schema, document.components.schemas, true);
  }

  /** How a response deviates from its documentation. */
  function faults({ operation }: Call, { status, headers, body }: ApiAnswer): string[] {
    const answer = operation.responses[String(status)];
    if (answer === undefined) return [`${status} is not documented: ${JSON.stringify(body)}`];
    const [type, media] = Object.entries(answer.content ?? {})[0] ?? [];
    if (type === undefined || media === undefined)
      return (body as unknown) === null ? [] : ['a body'];
    const sent = headers.get('content-type') ?? '';
    return [
      ...(sent.startsWith(type) ? [] : [`${sent} instead of ${type}`]),
      ...(headers.get('cache-control')?.includes('no-store') === true ? [] : ['may be kept']),
      ...(headers.has('set-cookie') ? ['sets a cookie'] : []),
      ...schemas.faults(media.schema, body),
    ];
  }

  /** Calls each operation in turn and collects the errors. */
  async function ask(
    chosen: (call: Call) => boolean,
    client: (call: Call) => Promise<ApiClient>,
    fits: (status: number, call: Call) => boolean,
    body: (call: Call) => unknown = bodyOf,
  ): Promise<{ asked: number; wrong: string[] }> {
    const wrong: string[] = [];
    const asked = calls.filter(chosen);
    for (const call of asked) {
      const path = await pathOf(call);
      const answer = await (await client(call)).send(call.method, path, body(call));
      const found = [
        ...(fits(answer.status, call) ? [] : [`answers ${answer.status}`]),
        ...faults(call, answer),
      ];
      wrong.push(...found.map((fault) => `${call.name}: ${fault} ${JSON.stringify(answer.body)}`));
    }
    return { asked: asked.length, wrong };
  }

  const any = (): boolean => true;
  const good = (status: number): boolean => status >= 200 && status < 300;

  it('has every call in the document, and no other', () => {
    const { stack } = (
      site.app.getHttpAdapter().getInstance() as unknown as {
        router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
      }
    ).router;
    const routes = stack.flatMap(({ route }) =>
      route?.path.startsWith('/api/v1') === true
        ? Object.keys(route.methods).map(
            (method) => `${method.toUpperCase()} ${route.path.replace(/:(\w+)/g, '{$1}')}`,
          )
        : [],
    );
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.sort()).toEqual(calls.map(({ name }) => name).sort());
    expect(document.openapi).toMatch(/^3\.0/);
    expect(new Set(calls.map(({ operation }) => operation.operationId)).size).toBe(calls.length);
  });

  it('answers its member as documented, to the one scope that a call names', async () => {
    const { asked, wrong } = await ask(
      any,
      ({ scope }) => clientOf(site, 'author', scope === null ? ['toolkit:read'] : [scope]),
      good,
    );
    expect(wrong).toEqual([]);
    expect(asked).toBe(calls.length);
  });

  it('refuses a token with every scope but the one', async () => {
    const { asked, wrong } = await ask(
      ({ scope }) => scope !== null,
      ({ scope }) =>
        clientOf(
          site,
          'mate',
          SCOPES.filter((each) => each !== scope),
        ),
      (status) => status === 403,
    );
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(25);
  });

  it('treats everybody without a token as a guest, whatever their cookies say', async () => {
    const session = await site.make.session('author');
    const programs = [
      new ApiClient(site.url),
      new ApiClient(site.url, { cookie: `session=${session}` }),
    ];
    for (const program of programs) {
      const { wrong } = await ask(
        any,
        () => Promise.resolve(program),
        (status, call) =>
          call.public ||
          call.path === '/api/v1/search' ||
          /(communities|strategies)$/.test(call.path)
            ? good(status)
            : call.open
              ? [200, 403, 404].includes(status) &&
                good(status) === /^\/api\/v1\/(communities|strategies)\/\{slug\}$/.test(call.path)
              : status === 401,
      );
      expect(wrong).toEqual([]);
    }
  });

  it('refuses a token that does not work', async () => {
    const { wrong } = await ask(
      (call) => !call.public,
      () =>
        Promise.resolve(
          new ApiClient(site.url, { authorization: `Bearer sameboat_${'x'.repeat(43)}` }),
        ),
      (status) => status === 401,
    );
    expect(wrong).toEqual([]);
  });

  it('shows and does nothing of a closed community to another member', async () => {
    const client = await clientOf(site, 'outsider');
    const { asked, wrong } = await ask(
      ({ path }) => /(threads|posts|notifications)\/\{id\}|\{slug\}\/threads/.test(path),
      () => Promise.resolve(client),
      (status) => status === 403 || status === 404,
    );
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(14);
  });

  it.each([
    ['no JSON object', [], [400]],
    ['an unknown field', { unheard: 'of' }, [422]],
  ])('says what is wrong with %s', async (_, body, statuses) => {
    const client = await clientOf(site, 'author');
    const { asked, wrong } = await ask(
      ({ operation }) => operation.requestBody !== undefined,
      () => Promise.resolve(client),
      (status) => statuses.includes(status),
      () => body,
    );
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(7);
  });

  it('takes JSON alone, and no method that is not there', async () => {
    const client = await clientOf(site, 'author');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const refused = await client.send('POST', '/notifications/read', {}, form);
    expect(refused.status).toBe(415);
    const wrong = await client.send('PATCH', '/me', {});
    expect(wrong).toMatchObject({ status: 405, body: { status: 405, code: 'apps.api.method' } });
    expect(wrong.headers.get('allow')).toContain('GET');
    const nowhere = await client.send('GET', '/nowhere');
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'errors.404.lead' } });
  });
});
