import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { migrationTimes } from '../kernel/database.js';
import { Sql, statement, type NoParams } from '../kernel/sql.js';
import { MailTransport } from '../mail/transport.js';
import { Queues } from '../queue/queues.js';

/** Migrations that have run, by the time in their names. */
const migrated = statement<NoParams, { time: string }>(
  'pages.migrated',
  'select timestamp::text as time from schema_migrations',
);
const PATIENCE = 3_000;
const NO_SUCH_TABLE = '42P01';

type Schema = 'ok' | 'not migrated' | 'away';

/** For operators: alive, and able to work. */
@Controller()
export class HealthController {
  private readonly expected = migrationTimes();

  constructor(
    private readonly sql: Sql,
    private readonly queues: Queues,
    private readonly mail: MailTransport,
  ) {}

  @Get('healthz')
  alive(@Res({ passthrough: true }) res: Response): string {
    res.type('text/plain').setHeader('Cache-Control', 'no-store');
    return 'ok\n';
  }

  /**
   * "Send me requests": 503 only where no page could be served, because the database does not
   * answer or its schema is older than this version. Without Redis or mail people read and write
   * on, and both catch up by themselves: that is 200, and `degraded` names what is away. Answers
   * within three seconds.
   */
  @Get('readyz')
  async ready(@Res({ passthrough: true }) res: Response): Promise<object> {
    const [schema, queue, mail] = await Promise.all([
      inTime<Schema>(this.schema(), 'away'),
      inTime(
        this.queues.counts().then(() => true),
        false,
      ),
      inTime(this.mail.answers(), false),
    ]);
    const ready = schema === 'ok';
    res.status(ready ? 200 : 503).setHeader('Cache-Control', 'no-store');
    const parts = { database: schema !== 'away', queue, mail };
    const words = Object.fromEntries(
      Object.entries(parts).map(([part, yes]) => [part, yes ? 'ok' : 'away']),
    );
    const degraded = [...(queue ? [] : ['queue']), ...(mail ? [] : ['mail'])];
    return { ready, ...words, schema, degraded };
  }

  // A newer schema is no fault: while a new version is rolled out, the old one serves on.
  private async schema(): Promise<Schema> {
    try {
      const done = new Set((await this.sql.rows(migrated)).map(({ time }) => time));
      return this.expected.every((time) => done.has(time)) ? 'ok' : 'not migrated';
    } catch (error) {
      if (codeOf(error) === NO_SUCH_TABLE) return 'not migrated';
      throw error;
    }
  }
}

function codeOf(error: unknown): unknown {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return code ?? driverError?.code;
}

/** @returns `otherwise` where the work fails or takes too long */
async function inTime<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE);
  });
  const done = await Promise.race([work.catch(() => otherwise), late]);
  clearTimeout(timer);
  return done;
}
