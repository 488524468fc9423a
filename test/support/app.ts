import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { cookieName } from '../../src/http/cookies.js';
import { Clock } from '../../src/kernel/clock.js';
import { readConfig, type Config } from '../../src/kernel/config.js';
import { Logger } from '../../src/kernel/logger.js';
import { Sql } from '../../src/kernel/sql.js';
import { MailTransport, type Envelope } from '../../src/mail/transport.js';
import { WebModule } from '../../src/web.module.js';
import { configureApp } from '../../src/web.js';
import { WorkerRunner } from '../../src/worker/worker.runner.js';
import { Browser } from './browser.js';
import { TestClock } from './clock.js';
import { newDatabase } from './databases.js';
import { eventually } from './eventually.js';
import { Factory, type MemberOptions } from './factory.js';

/** Records emails instead of sending them; can simulate an outage. */
export class TestPost extends MailTransport {
  readonly letters: Envelope[] = [];
  away = false;

  override async send(envelope: Envelope, held?: Promise<void>): Promise<void> {
    if (this.away) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    await held;
    this.letters.push(envelope);
  }

  override answers(): Promise<boolean> {
    return Promise.resolve(!this.away);
  }

  to(address: string): Envelope[] {
    return this.letters.filter((letter) => letter.to === address);
  }

  /** Waits for an email. @param number 1 is the first to that address */
  next(address: string, number = 1): Promise<Envelope> {
    return eventually(() => this.to(address)[number - 1], `letter ${number} to ${address}`);
  }
}

export interface TestApp {
  readonly url: string;
  readonly config: Config;
  readonly app: NestExpressApplication;
  readonly clock: TestClock;
  readonly post: TestPost;
  readonly make: Factory;
  readonly sql: Sql;
  readonly database: DataSource;
  browser(): Browser;
  /** A logged-in browser. */
  as(handle: string): Promise<Browser>;
  /** Creates a new member of the site, logged in. */
  member(handle: string, options?: MemberOptions): Promise<Browser>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  workers?: boolean;
  env?: Record<string, string>;
}

/**
 * The real application on a free loopback port, with its own database. Only the clock and the mail
 * transport are fakes.
 */
export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const own = options.env?.DATABASE_URL === undefined ? await newDatabase() : null;
  const folder = mkdtempSync(join(tmpdir(), 'sameboat-app-'));
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: own?.url,
    SMTP_URL: 'smtp://127.0.0.1:9',
    DATA_DIR: folder,
    SECRET_KEY: 'a'.repeat(40),
    LOG_LEVEL: 'silent',
    // Long, because specs move the clock by hours.
    STAFF_IDLE_MINUTES: '43200',
    ...options.env,
  });
  const clock = new TestClock();
  const post = new TestPost(config, clock);
  const logger = new Logger(config.LOG_LEVEL, true);
  const compiled = await Test.createTestingModule({ imports: [WebModule.with(config, logger)] })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(MailTransport)
    .useValue(post)
    .compile();
  compiled.useLogger(logger);
  const app = await configureApp(
    compiled.createNestApplication<NestExpressApplication>({ bodyParser: false, logger }),
    config,
  );
  if (options.workers !== false) app.get(WorkerRunner).start();
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const database = app.get(DataSource);
  const make = new Factory(database);
  const as = async (handle: string): Promise<Browser> => {
    const browser = new Browser(url);
    browser.setCookie(cookieName(config, 'session'), await make.session(handle));
    return browser;
  };
  return {
    url,
    config,
    app,
    clock,
    post,
    make,
    database,
    sql: app.get(Sql),
    browser: () => new Browser(url),
    as,
    member: async (handle, options) => {
      await make.member(handle, options);
      return as(handle);
    },
    close: async () => {
      await app.close();
      await own?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
