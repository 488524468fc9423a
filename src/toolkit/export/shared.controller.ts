import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { I18n, networkOf } from '../../http/request.js';
import { Config } from '../../kernel/config.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { isCountry } from '../../kernel/countries.js';
import { SafetyPlans } from '../../safety-plans/safety-plans.js';
import { openItem, openWords } from '../items/item-words.js';
import { items, oneItem } from '../items/items.queries.js';
import { isGone, itemName } from '../items/items.view.js';
import { emergencyCardView } from '../core/emergency-card.view.js';
import { planSteps } from '../plan/plan.view.js';
import { printedItem } from './print.controller.js';
import { SHEET_FIELD, type SheetTexts } from '../appointments/sheet-words.js';
import { oneSheet } from '../appointments/sheets.queries.js';
import { sheetView } from '../appointments/sheets.view.js';
import { Shares } from './shares.service.js';

/**
 * What somebody shared: that one thing, without a name, a handle or a way to anything else of
 * theirs.
 */
@Controller('shared')
export class SharedController {
  constructor(
    private readonly shares: Shares,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly plans: SafetyPlans,
    private readonly limits: RateLimits,
    private readonly config: Config,
  ) {}

  @Get(':token')
  async show(
    @I18n() i18n: Translator,
    @Param('token') token: string,
    @Req() req: Request,
  ): Promise<Page> {
    await this.limits.count('shared', networkOf(req), 240, 3_600);
    const share = await this.shares.find(token);
    const shown = await this.shown(share, i18n);
    if (shown === null) throw new NotFound('toolkit.error.shared');
    const view = {
      ...shown,
      until: i18n.t('toolkit.shared.until', { date: i18n.exactly(share.expiresAt) }),
    };
    return page('toolkit/shared', view, {
      titleKey: 'toolkit.shared.title',
      headers: { 'X-Robots-Tag': 'noindex, nofollow, noarchive' },
    });
  }

  private async shown(
    share: Awaited<ReturnType<Shares['find']>>,
    i18n: Translator,
  ): Promise<object | null> {
    const { memberId, what, subjectId } = share;
    const country = isCountry(share.country) ? share.country : this.config.DEFAULT_COUNTRY;
    const key = await this.vault.of(memberId);
    if (what === 'item') {
      const row = await this.sql.first(oneItem, { memberId, id: subjectId });
      const item = row === null ? null : openItem(key, row);
      return item === null || isGone(item) ? null : { item: printedItem(item, i18n) };
    }
    if (what === 'sheet') {
      const row = await this.sql.first(oneSheet, { memberId, sheet: subjectId });
      const sheet =
        row === null ? null : openWords<SheetTexts>(key, SHEET_FIELD, row.id, row.words);
      return sheet === null ? null : { sheet: sheetView(sheet, i18n) };
    }
    const own = await this.plans.of(memberId);
    if (what === 'card') {
      const card = emergencyCardView(own.card, country, i18n);
      return card === null ? null : { card };
    }
    if (own.plan === null) return null;
    const chosen = own.plan.items;
    const kit =
      chosen.length === 0
        ? []
        : (await this.sql.rows(items, { viewerId: memberId }))
            .filter((row) => chosen.includes(row.id))
            .map((row) => openItem(key, row));
    return {
      plan: planSteps(
        own.plan,
        kit
          .filter((item) => !isGone(item))
          .map((item) => ({ name: itemName(item, i18n), href: '' })),
        country,
        i18n,
      ),
    };
  }
}
