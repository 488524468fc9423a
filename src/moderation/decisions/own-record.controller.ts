import { Controller, Get } from '@nestjs/common';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { expiresAt } from './sanction-expiry.js';
import { ownDecisions } from './statement.queries.js';

/** How one's own account stands, and how that comes about; for oneself alone. */
@Controller('standing')
export class OwnRecordController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const now = this.clock.now();
    const rows = await this.sql.rows(ownDecisions, { memberId: viewer.memberId });
    const until = viewer.suspendedUntil ?? viewer.readOnlyUntil;
    const kind = viewer.suspendedUntil === null ? 'read-only' : 'suspended';
    const view = {
      now:
        until === null
          ? i18n.t('moderation.standing.open')
          : i18n.t(`moderation.standing.${kind}`, { when: i18n.deadline(until) }),
      decisions: rows.map((row) => {
        const lapses = expiresAt(row.action, row.createdAt, row.endsAt);
        const over = row.reversed || (lapses !== null && lapses <= now);
        const state = row.reversed
          ? i18n.t('moderation.standing.reversed')
          : lapses === null
            ? null
            : i18n.t(over ? 'moderation.standing.lapsed' : 'moderation.standing.lapses', {
                when: i18n.date(lapses),
              });
        return {
          href: `/decisions/${row.id}`,
          text: i18n.t(`moderation.statement.done.${row.action}`, {
            what: i18n.t('moderation.standing.post'),
          }),
          when: i18n.when(row.createdAt),
          state,
        };
      }),
    };
    return page('moderation/standing', view, { titleKey: 'moderation.standing.title' });
  }
}
