import { request, Agent } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../src/embedded/free-port.js';
import { connected, newDatabase } from './support/databases.js';
import { Browser, textOf } from './support/browser.js';
import { eventually } from './support/eventually.js';
import { startEntry, type Running } from './support/process.js';

interface MailboxLetter {
  subject: string;
  text: string;
  to: { address: string }[];
}

/** Waits for text on a connection. */
function hears(socket: Socket, words: RegExp): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  return eventually(() => (words.test(text) ? text : null), `${String(words)} over a connection`);
}

function ask(
  port: number,
  agent: Agent,
): Promise<{ connection: string | undefined; socket: Socket }> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/healthz', agent }, (answer) => {
      const { socket, headers } = answer;
      answer.resume();
      answer.once('end', () => resolve({ connection: headers.connection, socket }));
    })
      .once('error', reject)
      .end();
  });
}

const refusesConnections = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });

/** A newcomer's first start: no settings, and nothing installed except Node. */
describe('a first start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-start-'));
  const data = join(folder, 'var');
  let env: Record<string, string>;
  let running: Running | null = null;

  beforeAll(async () => {
    env = {
      DATA_DIR: data,
      PORT: String(await freePort()),
      MAILBOX_PORT: String(await freePort()),
    };
  });
  afterAll(async () => {
    running?.signal('SIGTERM');
    await running?.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const url = (): string => `http://127.0.0.1:${env.PORT ?? ''}`;
  const letters = async (address: string): Promise<MailboxLetter[]> => {
    const all = (await (
      await fetch(`http://127.0.0.1:${env.MAILBOX_PORT ?? ''}/api/email`)
    ).json()) as MailboxLetter[];
    return all.filter((letter) => letter.to.some((to) => to.address === address));
  };

  it('says where it is, who may log in and where mail can be read', async () => {
    expect(existsSync(data)).toBe(false);
    running = startEntry('main.js', env);
    await running.says(/Ctrl-C/);
    for (const words of [
      `http://localhost:${env.PORT ?? ''}`,
      `http://localhost:${env.MAILBOX_PORT ?? ''}`,
      'member@demo.example',
      'admin@demo.example',
      'demo communities are loaded',
    ])
      expect(running.said()).toContain(words);
    expect((await new Browser(url()).get('/communities')).html).toContain('/c/anxiety');
  });

  it('carries a sign-up through real SMTP into the mailbox', async () => {
    const browser = new Browser(url());
    const answer = await browser.post(
      '/signup',
      {
        handle: 'first-heron',
        email: 'first@boat.example',
        password: 'four plain words here',
        ageConfirmed: 'on',
        guidelinesAccepted: 'on',
      },
      '/signup',
    );
    expect(answer.status).toBe(303);
    const letter = await eventually(
      async () => (await letters('first@boat.example'))[0],
      'the letter in the mailbox',
    );
    const link = new URL(/http\S+\/verify\/\S+/.exec(letter.text)?.[0] ?? '').pathname;
    expect((await browser.post(link, {}, link)).status).toBe(303);
    // The link logs in the browser that requested it; any other has to log in itself.
    expect((await browser.get('/notifications')).status).toBe(200);
    const other = new Browser(url());
    expect(
      (
        await other.post(
          '/login',
          { email: 'first@boat.example', password: 'four plain words here' },
          '/login',
        )
      ).status,
    ).toBe(303);
    expect((await other.get('/notifications')).status).toBe(200);
  });

  it('goes on where its database is killed alone', async () => {
    const file = join(data, 'postgres', 'postmaster.pid');
    process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGKILL');
    // Public pages may be answered from memory before the end of the database is noticed.
    await running?.says(/The database ended by itself and is started again\.\n/);
    const browser = new Browser(url());
    await eventually(
      async () => (await browser.get('/communities').catch(() => null))?.status === 200 || null,
      'pages again',
    );
    // The outbox relay and the jobs use separate connections.
    const email = 'first@boat.example';
    const before = (await letters(email)).length;
    // One connection may respond before another notices that its server is gone.
    await eventually(
      async () => (await browser.post('/forgot', { email }, '/forgot')).status === 303,
      'a form that is taken again',
    );
    await eventually(
      async () => (await letters(email)).length > before || null,
      'another letter in the mailbox',
    );
  });

  it('refuses a second one on the same data in one line, and a taken port too', async () => {
    const second = startEntry('main.js', { ...env, PORT: String(await freePort()) });
    expect(await second.ended).toBe(1);
    expect(second.said()).toMatch(/^Sameboat already runs on this data[^\n]*\n$/);
    const third = startEntry('main.js', { ...env, DATA_DIR: join(folder, 'other'), DEMO: 'off' });
    expect(await third.ended).toBe(1);
    expect(third.said()).toMatch(/The port is taken[^\n]*\n$/);
  });

  it('killed, starts again on what it had', async () => {
    running?.signal('SIGKILL');
    await running?.ended;
    running = startEntry('main.js', env);
    await running.says(/Ctrl-C/);
    expect(running.said()).not.toContain('demo communities are loaded');
    const browser = new Browser(url());
    expect(
      (
        await browser.post(
          '/login',
          { email: 'first@boat.example', password: 'four plain words here' },
          '/login',
        )
      ).status,
    ).toBe(303);
  });

  it('on a public HOST the demo log-ins are refused and not printed, unless DEMO=public', async () => {
    const logIn = async (): Promise<number> =>
      (
        await new Browser(url()).post(
          '/login',
          { email: 'Admin@demo.example', password: 'quiet-water-boat' },
          '/login',
        )
      ).status;
    const restart = async (more: Record<string, string>): Promise<string> => {
      running?.signal('SIGTERM');
      expect(await running?.ended).toBe(0);
      running = startEntry('main.js', { ...env, ...more });
      await running.says(/Ctrl-C/);
      return running.said();
    };
    expect(await logIn()).toBe(303);
    const open = await restart({ HOST: '0.0.0.0' });
    expect(
      open.split('\n').filter((line) => line.includes('demo log-ins are refused')).length,
    ).toBe(1);
    expect(open).not.toMatch(/quiet-water-boat|@demo\.example/);
    expect(await logIn()).toBe(422);
    expect(
      (
        await new Browser(url()).post(
          '/login',
          { email: 'first@boat.example', password: 'four plain words here' },
          '/login',
        )
      ).status,
    ).toBe(303);
    expect(await restart({ HOST: '0.0.0.0', DEMO: 'public' })).toContain('quiet-water-boat');
    expect(await logIn()).toBe(303);
    await restart({});
    expect(await logIn()).toBe(303);
  }, 600_000);

  it('ends in order when asked, and leaves no process and no lock', async () => {
    const database = Number(
      readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    expect(existsSync(`/proc/${database}`)).toBe(true);
    running?.signal('SIGINT');
    expect(await running?.ended).toBe(0);
    running = null;
    expect(existsSync(join(data, 'running'))).toBe(false);
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false);
    await eventually(() => !existsSync(`/proc/${database}`), 'the database gone');
  });
});

describe('the entry points in production', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-production-'));
  const settings = {
    NODE_ENV: 'production',
    SECRET_KEY: 'k'.repeat(40),
    BASE_URL: 'https://boat.example',
    DATA_DIR: folder,
  };
  let database: { url: string; drop: () => Promise<void> };

  beforeAll(async () => {
    database = await newDatabase();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['main.js', [], {}, /`npm start` is for trying things out/],
    ['main-web.js', [], {}, /DATABASE_URL and SMTP_URL must be set/],
    ['main-worker.js', [], {}, /DATABASE_URL and SMTP_URL must be set/],
    ['cli/migrate.js', ['up'], {}, /DATABASE_URL must be set/],
    ['cli/migrate.js', ['sideways'], {}, /up or down/],
    ['cli/migrate.js', ['down'], {}, /Take a backup .* -- --yes/],
    [
      'main-web.js',
      [],
      { ALERT_WEBHOOK_URL: 'https://calls.example' },
      /ALERT_WEBHOOK_SECRET must be set where ALERT_WEBHOOK_URL is/,
    ],
    ['main-web.js', [], { SECRET_KEY: 'short' }, /SECRET_KEY must have 32/],
  ])('%s %j %j refuses in one line', (entry, args, more, line) =>
    refusesInOneLine(entry, args, more, line),
  );

  async function refusesInOneLine(
    entry: string,
    args: string[],
    more: Record<string, string>,
    line: RegExp,
  ): Promise<void> {
    const refused = startEntry(entry, { ...settings, ...more }, args);
    expect(await refused.ended).toBeGreaterThan(0);
    const lines = refused
      .said()
      .split('\n')
      .filter((each) => each !== '' && !each.startsWith('{'));
    expect(lines).toEqual([expect.stringMatching(line)]);
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
  }

  it('none waits for a database that does not exist or refuses the user; each says so', async () => {
    const missing = new URL(database.url);
    missing.pathname = '/no-such-database';
    const stranger = new URL(database.url);
    stranger.username = 'no-such-user';
    await Promise.all(
      ['main-web.js', 'main-worker.js', 'cli/migrate.js'].map(async (entry) => {
        const args = entry === 'cli/migrate.js' ? ['up'] : [];
        const by = (url: URL) => ({ DATABASE_URL: url.href, SMTP_URL: 'smtp://127.0.0.1:9' });
        await refusesInOneLine(entry, args, by(missing), /does not exist: .* create it/);
        await refusesInOneLine(entry, args, by(stranger), /refuses the user or the password/);
      }),
    );
  });

  it('a web process with kept-alive connections finishes requests in flight and ends with 0', async () => {
    const port = await freePort();
    const web = startEntry('main-web.js', {
      ...settings,
      DATABASE_URL: database.url,
      SMTP_URL: 'smtp://127.0.0.1:9',
      PORT: String(port),
      HOST: '127.0.0.1',
    });
    const agent = new Agent({ keepAlive: true });
    const first = await eventually(
      () => ask(port, agent).catch(() => null),
      'the web process answering',
    );
    expect(first.connection).toBe('keep-alive');
    const silent = connect(port, '127.0.0.1');
    silent.on('error', () => undefined);
    const writing = connect(port, '127.0.0.1');
    writing.write(
      'POST /logout HTTP/1.1\r\nHost: boat.example\r\n' +
        'Content-Type: application/x-www-form-urlencoded\r\n' +
        'Content-Length: 10\r\nExpect: 100-continue\r\n\r\n',
    );
    // The server has started handling the request, and waits for its body.
    await hears(writing, /100 Continue/);
    web.signal('SIGTERM');
    await eventually(() => refusesConnections(port), 'new connections refused');
    await eventually(() => first.socket.destroyed, 'the idle connection closed');
    const answer = hears(writing, /HTTP\/1\.1 \d{3} [\s\S]*<\/html>/);
    const over = new Promise((resolve) => writing.once('close', resolve));
    writing.write('next=%2Fab');
    expect(await answer).toMatch(/^connection: close\r$/im);
    await over;
    expect(await web.ended).toBe(0);
    agent.destroy();
    silent.destroy();
  });

  it('web and worker wait for the database, run apart, log JSON, and end in order', async () => {
    const late = new URL(database.url);
    const served = Number(late.port);
    const port = await freePort();
    late.port = String(port);
    const env = {
      ...settings,
      DATABASE_URL: late.href,
      SMTP_URL: 'smtp://127.0.0.1:9',
      PORT: String(await freePort()),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'debug',
    };
    const web = startEntry('main-web.js', env);
    const worker = startEntry('main-worker.js', env);
    await Promise.all([web.says(/is waited for/), worker.says(/is waited for/)]);
    const door = createServer((socket) => {
      const inner = connect(served, late.hostname);
      for (const [from, to] of [
        [socket, inner],
        [inner, socket],
      ] as const) {
        from.on('error', () => to.destroy());
        from.pipe(to);
      }
    }).listen(port, late.hostname);
    const browser = new Browser(`http://127.0.0.1:${env.PORT}`);
    await eventually(
      async () => (await browser.get('/healthz').catch(() => null))?.status === 200,
      'the web process answering',
    );
    const answer = await browser.get('/help-now');
    expect(answer.status).toBe(200);
    expect(textOf(answer.html)).toContain('116 123');
    expect(answer.headers.get('strict-transport-security')).not.toBeNull();
    // The initial content of a new site, also in production.
    const beginning = await eventually(async () => {
      const { rows } = await connected(database.url, (client) =>
        client.query<{ resources: number; strategies: number }>(
          `select (select count(*)::int from resources) as resources,
             (select count(*)::int from coping_strategies) as strategies`,
        ),
      );
      return (rows[0]?.strategies ?? 0) > 0 && rows[0];
    }, 'the starter strategies');
    expect(beginning.resources).toBeGreaterThan(20);
    web.signal('SIGTERM');
    worker.signal('SIGTERM');
    expect(await Promise.all([web.ended, worker.ended])).toEqual([0, 0]);
    door.close();
    for (const process of [web, worker]) {
      expect(process.said().match(/the database does not respond yet/g)).toHaveLength(1);
      expect(process.said().match(/the database responds/g)).toHaveLength(1);
    }
    for (const line of `${web.said()}\n${worker.said()}`.split('\n').filter((each) => each !== ''))
      expect(() => JSON.parse(line) as unknown).not.toThrow();
  });
});
