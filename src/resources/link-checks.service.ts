import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { Sql, executeIn } from '../kernel/sql.js';
import { askAddress, linkState, type AskAddress, type LinkState } from './link-check.js';
import { shownLinks, type ShownLink } from './resources.queries.js';

/** Asked at the same time: enough to get on, and no burst for anybody. */
const AT_ONCE = 4;

export interface CheckedLink {
  name: string;
  url: string;
  state: LinkState;
}

/**
 * Asks the addresses of "Help elsewhere" whether they are still there. They come with the project
 * or from an administrator: nothing that a member wrote is asked.
 */
@Injectable()
export class LinkChecks {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /**
   * Links that work get today's date; links that are gone get a report, unless one is open.
   * @returns every link that is shown, by name
   */
  async run(ask: AskAddress = askAddress): Promise<CheckedLink[]> {
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
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return checked;
  }

  private async store({ id, url }: ShownLink, state: LinkState): Promise<void> {
    const now = this.clock.now();
    // An address that was edited meanwhile is not the one that was asked.
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
