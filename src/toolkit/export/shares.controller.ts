import { Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { Form, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { openItem } from '../items/item-words.js';
import { items } from '../items/items.queries.js';
import { itemName } from '../items/items.view.js';
import { PrivateArea } from '../core/private-area.js';
import { Shares } from './shares.service.js';
import { toolkitTabs } from '../core/toolkit-tabs.js';
import { ShareForm } from '../core/toolkit.dto.js';

/** Making, listing and ending links. */
@Controller('toolkit/shares')
@UseInterceptors(PrivateArea)
export class SharesController {
  constructor(
    private readonly shares: Shares,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  async list(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const [key, rows, open] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(items, { viewerId: viewer.memberId }),
      this.shares.of(viewer),
    ]);
    const names = new Map(rows.map((row) => [row.id, itemName(openItem(key, row), i18n)]));
    const view = {
      tabs: toolkitTabs(i18n, 'shares'),
      shares: open.map((share) => ({
        id: share.id,
        name:
          share.what === 'item'
            ? (names.get(share.subjectId ?? '') ?? i18n.t('toolkit.share.gone'))
            : i18n.t(`toolkit.share.what.${share.what}`),
        link: share.link,
        until: i18n.t('toolkit.share.until', { date: i18n.exactly(share.expiresAt) }),
      })),
    };
    return page('toolkit/shares', view, { titleKey: 'toolkit.share.title' });
  }

  @Post()
  async make(
    @CurrentMember() viewer: Viewer,
    @Form(ShareForm) form: Submitted<ShareForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'toolkit.error.days');
    await this.limits.count('share', viewer.memberId, 60, 3_600);
    await this.shares.make(viewer, form.value);
    return seeOther('/toolkit/shares', 'toolkit.notice.share');
  }

  @Post(':id/revoke')
  async revoke(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.shares.revoke(viewer, id);
    return seeOther('/toolkit/shares', 'toolkit.notice.share-ended');
  }
}
