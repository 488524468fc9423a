import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Sql, statement } from '../kernel/sql.js';
import { MailTransport } from '../mail/transport.js';
import { Queues } from '../queue/queues.js';

const one = statement<{ one: number }>('pages.health', 'select 1 as one');
const PATIENCE = 3_000;

/** For operators: alive, and able to work. */
@Controller()
export class HealthController {
  constructor(private readonly sql: Sql, private readonly queues: Queues, private readonly mail: MailTransport) {}

  @Get('healthz')
  alive(@Res({ passthrough: true }) res: Response): string {
    res.type('text/plain').setHeader('Cache-Control', 'no-store');
    return 'ok\n';
  }

  /** 503 where the database is away: without it there is nothing to serve. Queue and mail catch up by themselves. */
  @Get('readyz')
  async ready(@Res({ passthrough: true }) res: Response): Promise<object> {
    const [database, queue, mail] = await Promise.all([answers(this.sql.rows(one)), answers(this.queues.counts()), answers(this.mail.answers().then((yes) => (yes ? yes : Promise.reject(new Error('away')))))]);
    res.status(database && queue && mail ? 200 : 503).setHeader('Cache-Control', 'no-store');
    const word = (yes: boolean): string => (yes ? 'ok' : 'away');
    return { database: word(database), queue: word(queue), mail: word(mail) };
  }
}

async function answers(work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE);
  });
  const done = await Promise.race([work.then(() => true, () => false), late]);
  clearTimeout(timer);
  return done;
}
