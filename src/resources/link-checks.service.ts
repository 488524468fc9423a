import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { Sql, executeIn } from '../kernel/sql.js';
import { requestStatus, linkState, type RequestStatus, type LinkState } from './link-check.js';
import { shownLinks, type ShownLink } from './resources.queries.js';

/** Maximum number of concurrent requests. */
const CONCURRENCY = 4;

export interface CheckedLink {
  name: string;
  url: string;
  state: LinkState;
}

/**
 * Checks whether the links of "Help elsewhere" still work. They come with the project or from an
 * administrator; links from members are never requested.
 */
@Injectable()
export class LinkChecks {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * Updates the date of links that work, and reports links that are gone unless a report is open.
   * @returns every visible link, by name
   */
  async run(ask: RequestStatus = requestStatus): Promise<CheckedLink[]> {
    const links = await this.sql.rows(shownLinks);
    const waiting = links.entries();
    const checked: CheckedLink[] = [];
    const worker = async (): Promise<void> => {
      for (const [at, link] of waiting) {
        const state = await linkState(link.url, ask);
        checked[at] = { name: link.name, url: link.url, state };
        await this.store(link, state);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    return checked;
  }

  private async store({ id, url }: ShownLink, state: LinkState): Promise<void> {
    const now = this.clock.now();
    // Skips an entry whose URL was edited during the check.
    if (state === 'works')
      await this.database.inTransaction((tx) =>
        executeIn(
          tx,
          `
            update resources
            set checked_on = :now::timestamptz::date
            where id = :id and url = :url
          `,
          { id, url, now },
        ),
      );
    if (state === 'gone')
      await this.database.inTransaction((tx) =>
        executeIn(
          tx,
          `
            insert into resource_reports (resource_id, problem, note, created_at)
            select r.id, 'dead', '', :now
            from resources r
            where r.id = :id
              and r.url = :url
              and not exists (select 1
                from resource_reports o
                where o.resource_id = r.id
                  and o.problem = 'dead'
                  and o.answered_at is null)
          `,
          { id, url, now },
        ),
      );
  }
}
