import { Injectable } from '@nestjs/common';
import { migrationTimes } from '../kernel/database.js';
import { Sql } from '../kernel/sql.js';
import { MailTransport } from '../mail/transport.js';
import { Queues } from '../queue/queues.js';
import { migrated } from './operations.queries.js';

/** Milliseconds after which a part counts as away. */
const PATIENCE = 3_000;
const NO_SUCH_TABLE = '42P01';

type PartState = 'ok' | 'away';

/** What `GET /readyz` answers, as JSON. */
export interface Readiness {
  ready: boolean;
  database: PartState;
  queue: PartState;
  mail: PartState;
  schema: 'ok' | 'not migrated' | 'away';
  /** Parts that are away while pages are served. */
  degraded: ('queue' | 'mail')[];
}

/** Whether the database, the queues and the mail server answer. */
@Injectable()
export class ReadinessCheck {
  private readonly expected = migrationTimes();

  constructor(
    private readonly sql: Sql,
    private readonly queues: Queues,
    private readonly mail: MailTransport,
  ) {}

  /**
   * Ready where pages can be served: the database answers and its schema is not older than this
   * version. Answers within `PATIENCE`.
   */
  async check(): Promise<Readiness> {
    const [schema, queue, mail] = await Promise.all([
      inTime<Readiness['schema']>(this.schema(), 'away'),
      inTime(
        this.queues.counts().then(() => true),
        false,
      ),
      inTime(this.mail.answers(), false),
    ]);
    return {
      ready: schema === 'ok',
      database: stateOf(schema !== 'away'),
      queue: stateOf(queue),
      mail: stateOf(mail),
      schema,
      degraded: [...(queue ? [] : (['queue'] as const)), ...(mail ? [] : (['mail'] as const))],
    };
  }

  // A newer schema is no fault: while a new version is rolled out, the old one serves on.
  private async schema(): Promise<Readiness['schema']> {
    try {
      const done = new Set((await this.sql.rows(migrated)).map(({ time }) => time));
      return this.expected.every((time) => done.has(time)) ? 'ok' : 'not migrated';
    } catch (error) {
      if (codeOf(error) === NO_SUCH_TABLE) return 'not migrated';
      throw error;
    }
  }
}

function stateOf(answers: boolean): PartState {
  return answers ? 'ok' : 'away';
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
  // The answer names the part that failed; a probe every few seconds would fill the log.
  const settled = work.catch(() => otherwise);
  const first = await Promise.race([settled, late]);
  clearTimeout(timer);
  return first;
}
