import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Admin } from '../http/guards.js';
import { page, type Page } from '../http/page.js';
import { I18n, textQuery } from '../http/request.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { mailFigures, MAIL_STATES, newestMails, stoppedFigures } from './mail.queries.js';

const SHOWN = 100;

/** What became of the mails: no address, no member, no word of them. */
@Admin()
@Controller('admin/mail')
export class MailLogController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@I18n() i18n: Translator, @Req() req: Request): Promise<Page> {
    const state = MAIL_STATES.find((known) => known === textQuery(req, 'state')) ?? null;
    const [rows, figures, stopped] = [
      await this.sql.rows(newestMails, { state, limit: SHOWN }),
      await this.sql.rows(mailFigures, { since: later(this.clock.now(), -DAY) }),
      await this.sql.rows(stoppedFigures),
    ];
    const kinds = [...new Set(figures.map(({ kind }) => kind))].sort();
    const count = (kind: string, of: string): number =>
      figures.find((row) => row.kind === kind && row.state === of)?.count ?? 0;
    const view = {
      states: MAIL_STATES.map((each) => i18n.t(`administration.mail.state.${each}`)),
      figures: kinds.map((kind) => ({ kind, cells: MAIL_STATES.map((each) => count(kind, each)) })),
      stopped: stopped.map((row) =>
        i18n.t(`administration.mail.stopped.${row.reason}`, { count: row.count }),
      ),
      options: [
        { value: '', label: i18n.t('administration.mail.all'), selected: state === null },
        ...MAIL_STATES.map((value) => ({
          value,
          label: i18n.t(`administration.mail.state.${value}`),
          selected: state === value,
        })),
      ],
      mails: rows.map((row) => ({
        kind: row.kind,
        state: i18n.t(`administration.mail.state.${row.state}`),
        code: row.code ?? '',
        attempts: row.attempts,
        written: i18n.exactly(row.writtenAt),
        settled:
          row.notBefore !== null && row.state === 'waiting'
            ? i18n.t('administration.mail.again', { when: i18n.deadline(row.notBefore) })
            : row.settledAt === null
              ? ''
              : i18n.exactly(row.settledAt),
      })),
    };
    return page('administration/mail', view, { titleKey: 'administration.mail.title' });
  }
}
