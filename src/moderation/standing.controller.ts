import { Controller, Get } from '@nestjs/common';
import { page, type Page } from '../http/page.js';
import { InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { lapsesAt } from './ladder.js';
import { ownDecisions } from './statement.queries.js';

/** How one's own account stands, and how that comes about; for oneself alone. */
@Controller('standing')
export class StandingController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    const now = this.clock.now();
    const rows = await this.sql.rows(ownDecisions, [viewer.memberId]);
    const until = viewer.suspendedUntil ?? viewer.readOnlyUntil;
    const kind = viewer.suspendedUntil === null ? 'read-only' : 'suspended';
    const view = {
      now:
        until === null
          ? words.t('moderation.standing.open')
          : words.t(`moderation.standing.${kind}`, { when: words.exactly(until) }),
      decisions: rows.map((row) => {
        const lapses = lapsesAt(row.action, row.createdAt, row.endsAt);
        const over = row.reversed || (lapses !== null && lapses <= now);
        const state = row.reversed
          ? words.t('moderation.standing.reversed')
          : lapses === null
            ? null
            : words.t(over ? 'moderation.standing.lapsed' : 'moderation.standing.lapses', {
                when: words.date(lapses),
              });
        return {
          href: `/decisions/${row.id}`,
          text: words.t(`moderation.statement.done.${row.action}`, {
            what: words.t('moderation.standing.post'),
          }),
          when: words.when(row.createdAt),
          state,
        };
      }),
    };
    return page('moderation/standing', view, { titleKey: 'moderation.standing.title' });
  }
}
