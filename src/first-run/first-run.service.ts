import { Injectable } from '@nestjs/common';
import { requireAdmin } from '../http/guards.js';
import { RateLimits } from '../http/rate-limit.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, HOUR, SECOND } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database } from '../kernel/database.js';
import { Sql } from '../kernel/sql.js';
import { checkMailDomain, type DomainFinding } from '../mail/domain-check.js';
import { Outbox } from '../outbox/outbox.js';
import { testMailRequested } from './first-run.events.js';
import { firstRunFacts, type FirstRunRow } from './first-run.queries.js';
import { NameServers } from './name-servers.js';

/** Rate limit for test emails of an administrator in an hour. */
const MAX_TESTS_PER_HOUR = 10;

/** The setup steps of a new site, and their progress. */
@Injectable()
export class FirstRun {
  constructor(
    private readonly config: Config,
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly limits: RateLimits,
    private readonly nameServers: NameServers,
  ) {}

  async facts({ memberId }: Viewer): Promise<FirstRunRow> {
    const row = await this.sql.first(firstRunFacts, { memberId, now: this.clock.now() });
    if (row === null) throw new Error('an aggregate answered no row');
    return row;
  }

  /** Sends a test email to the viewer by the usual route. @throws TooManyRequests */
  async sendTest(viewer: Viewer): Promise<void> {
    requireAdmin(viewer);
    const { memberId } = viewer;
    await this.limits.count('test-mail', memberId, MAX_TESTS_PER_HOUR, HOUR / SECOND);
    await this.database.inTransaction((tx) =>
      this.outbox.append(tx, testMailRequested({ memberId, asked: this.clock.ms() })),
    );
  }

  /** Looks up the DNS records of the domain that sends mail. @throws TooManyRequests */
  async checkDomain(viewer: Viewer): Promise<DomainFinding[]> {
    requireAdmin(viewer);
    await this.limits.count('check-domain', viewer.memberId, MAX_TESTS_PER_HOUR, HOUR / SECOND);
    return checkMailDomain(this.config, (name) => this.nameServers.txt(name));
  }
}
