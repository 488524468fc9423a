import { Controller, Get, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { formPage, formView } from '../../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { NotFound } from '../../kernel/errors.js';
import { newToken } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { CheckIns } from '../check-ins/check-ins.service.js';
import { checkIns, letters, oneLetter } from '../check-ins/check-ins.queries.js';
import { openCheckIn } from '../check-ins/check-ins.view.js';
import { openWords } from '../items/item-words.js';
import { LETTER_FIELD, letterView, type LetterFacts } from '../look-back/look-back.js';
import { PrivateArea } from '../core/private-area.js';
import { progressView, SPANS } from './progress.view.js';
import { scaleOptions } from '../core/scale.view.js';
import { ToolkitSettingsService } from '../core/toolkit-settings.service.js';
import { toolkitTabs } from '../core/toolkit-tabs.js';
import { DayForm } from '../core/toolkit.dto.js';

const MOST_ROWS = 500;

/** How it has been: check-ins, charts with their tables, what tends to help, letters. */
@Controller('toolkit')
@UseInterceptors(PrivateArea)
export class ProgressController {
  constructor(
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly checks: CheckIns,
    private readonly settings: ToolkitSettingsService,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  @Get('progress')
  show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    return this.page(
      viewer,
      i18n,
      SPANS.find((span) => String(span) === textQuery(req, 'days')) ?? 90,
    );
  }

  @Post('check-ins')
  async note(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(DayForm) form: Submitted<DayForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, i18n, 90, form);
    const { value } = form;
    if (value.level === undefined && value.word === '' && value.note === '')
      return this.page(viewer, i18n, 90, {
        values: form.values,
        faults: [{ field: 'level', key: 'toolkit.error.nothing-said' }],
      });
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    await this.checks.ofDay(viewer, value);
    return seeOther('/toolkit/progress', 'toolkit.notice.checked');
  }

  @Post('check-ins/:id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.checks.remove(viewer, id);
    return seeOther('/toolkit/progress', 'toolkit.notice.check-in-gone');
  }

  @Get('letters/:id')
  async letter(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const row = await this.sql.first(oneLetter, { memberId: viewer.memberId, letter: id });
    if (row === null) throw new NotFound();
    const facts = openWords<LetterFacts>(
      await this.vault.of(viewer.memberId),
      LETTER_FIELD,
      row.id,
      row.words,
    );
    return page(
      'toolkit/letter',
      { letter: facts === null ? null : letterView(facts, row.month, i18n) },
      { titleKey: 'toolkit.letter.page' },
    );
  }

  private async page(
    viewer: Viewer,
    i18n: Translator,
    span: (typeof SPANS)[number],
    faulty?: FaultyForm,
  ): Promise<Page> {
    const now = this.clock.now();
    const [key, rows, written, settings] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(checkIns, {
        memberId: viewer.memberId,
        since: later(now, -span * DAY),
        until: later(now, DAY),
        limit: MOST_ROWS,
      }),
      this.sql.rows(letters, { viewerId: viewer.memberId }),
      this.settings.of(viewer),
    ]);
    const form = formView(i18n, faulty);
    const level = form.values.level;
    const sent = form.values.idempotencyKey;
    const view = {
      tabs: toolkitTabs(i18n, 'progress'),
      form,
      idempotencyKey: typeof sent === 'string' && sent !== '' ? sent : newToken(12),
      levels: scaleOptions(i18n, typeof level === 'string' ? level : ''),
      ...progressView(
        {
          checkIns: rows.map((row) => openCheckIn(key, row, i18n)),
          span,
          now,
          countsFrom: settings.countsFrom,
          hideCounts: settings.hideCounts,
        },
        i18n,
      ),
      letters: written.map((row) => ({
        href: `/toolkit/letters/${row.id}`,
        title: i18n.month(new Date(`${row.month}T12:00:00Z`)),
      })),
      lookBack: settings.lookBack,
    };
    return formPage('toolkit/progress', view, faulty, {
      titleKey: 'toolkit.progress.title',
    });
  }
}
