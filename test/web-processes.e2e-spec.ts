import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../src/embedded/free-port.js';
import { newDatabase } from './support/databases.js';
import { eventually } from './support/eventually.js';
import { startEntry, type Running } from './support/process.js';

describe('two web processes under one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-processes-'));
  let database: { url: string; drop: () => Promise<void> };
  let web: Running;
  let base: string;

  beforeAll(async () => {
    database = await newDatabase();
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    web = startEntry('main-web.js', {
      NODE_ENV: 'production',
      SECRET_KEY: 'k'.repeat(40),
      BASE_URL: 'https://boat.example',
      DATA_DIR: folder,
      DATABASE_URL: database.url,
      SMTP_URL: 'smtp://127.0.0.1:9',
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      WEB_PROCESSES: '2',
    });
    await eventually(() => (serving().length === 2 ? true : null), 'two processes serving');
  });
  afterAll(async () => {
    web.signal('SIGTERM');
    await web.ended;
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const serving = (): number[] =>
    [
      ...web
        .said()
        .matchAll(/"pid":(\d+)[^\n]*a web process serves|a web process serves[^\n]*"pid":(\d+)/g),
    ]
      .map(([line]) => [...line.matchAll(/"pid":(\d+)/g)].map(([, pid]) => Number(pid)))
      .flatMap((pids) => pids.filter((pid) => pid !== web.pid));
  // Each over a new connection, which are distributed round-robin.
  const ask = (path: string): Promise<Response> =>
    fetch(`${base}${path}`, { headers: { connection: 'close' } });
  const healthy = async (): Promise<number> => {
    const text = await (await ask('/metrics')).text();
    const counted = /sameboat_http_request_seconds_count\{[^}]*route="\/healthz"[^}]*\} (\d+)/;
    return Number(counted.exec(text)?.[1] ?? 0);
  };

  it('share one port, and each reports the metrics of both', async () => {
    const before = await healthy();
    for (let n = 0; n < 10; n += 1) expect((await ask('/healthz')).status).toBe(200);
    const counts = [await healthy(), await healthy(), await healthy()];
    expect(counts).toEqual([before + 10, before + 10, before + 10]);
    const text = await (await ask('/metrics')).text();
    expect(text.match(/^# TYPE sameboat_outbox gauge$/gm)).toHaveLength(1);
    expect(text).toMatch(/^sameboat_outbox\{what="waiting"\} 0$/m);
  });

  it('replace one that ends, and serve on meanwhile', async () => {
    const [first] = serving();
    process.kill(first ?? 0, 'SIGKILL');
    await eventually(() => (serving().length === 3 ? true : null), 'a third process');
    expect((await ask('/help-now')).status).toBe(200);
  });

  it('end together, in order', async () => {
    const pids = serving();
    expect(pids).toHaveLength(3);
    web.signal('SIGTERM');
    expect(await web.ended).toBe(0);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('end with the reason where they cannot start', async () => {
    const refused = startEntry('main-web.js', {
      NODE_ENV: 'production',
      SECRET_KEY: 'k'.repeat(40),
      BASE_URL: 'https://boat.example',
      DATA_DIR: folder,
      DATABASE_URL: new URL('/no-such-database', database.url).href,
      SMTP_URL: 'smtp://127.0.0.1:9',
      PORT: String(await freePort()),
      WEB_PROCESSES: '2',
    });
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toMatch(/^The database in DATABASE_URL does not exist: [^\n]+\n$/);
  });
});
