import { Injectable } from '@nestjs/common';
import { migrationTimes } from '../kernel/database.js';
import { Sql } from '../kernel/sql.js';
import { MailTransport } from '../mail/transport.js';
import { Queues } from '../queue/queues.js';
import { migrated } from './operations.queries.js';

/** Timeout in milliseconds after which a part counts as unavailable. */
const TIMEOUT = 3_000;
const NO_SUCH_TABLE = '42P01';

type PartState = 'ok' | 'away';

/** The JSON of `GET /readyz`. */
export interface Readiness {
  ready: boolean;
  database: PartState;
  queue: PartState;
  mail: PartState;
  schema: 'ok' | 'not migrated' | 'away';
  /** Unavailable parts without which pages can still be served. */
  degraded: ('queue' | 'mail')[];
}

/** Checks whether the database, the queues and the mail server respond. */
@Injectable()
export class ReadinessCheck {
  private readonly expected = migrationTimes();

  constructor(
    private readonly sql: Sql,
    private readonly queues: Queues,
    private readonly mail: MailTransport,
  ) {}

  /**
   * Ready if pages can be served: the database responds and its schema is not older than this
   * version. Responds within `PATIENCE`.
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

  // A newer schema is fine: during a rolling update the old version keeps serving.
  private async schema(): Promise<Readiness['schema']> {
    try {
      const applied = new Set((await this.sql.rows(migrated)).map(({ time }) => time));
      return this.expected.every((time) => applied.has(time)) ? 'ok' : 'not migrated';
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

/** @returns `otherwise` if the work fails or times out */
async function inTime<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), TIMEOUT);
  });
  // The response names the part that failed; logging every probe would flood the log.
  const settled = work.catch(() => otherwise);
  const first = await Promise.race([settled, late]);
  clearTimeout(timer);
  return first;
}
