import { Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { Form, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { AppError } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { Vault } from '../kernel/vault.js';
import type { Words } from '../kernel/words.js';
import { openItem } from './item-words.js';
import { items } from './items.queries.js';
import { itemName } from './items.view.js';
import { PrivateArea } from './private-area.js';
import { Shares } from './shares.service.js';
import { toolkitTabs } from './toolkit-tabs.js';
import { ShareForm } from './toolkit.dto.js';

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
  async list(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    const [key, rows, open] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(items, [viewer.memberId]),
      this.shares.of(viewer),
    ]);
    const names = new Map(rows.map((row) => [row.id, itemName(openItem(key, row), words)]));
    const view = {
      tabs: toolkitTabs(words, 'shares'),
      shares: open.map((share) => ({
        id: share.id,
        name:
          share.what === 'item'
            ? (names.get(share.subjectId ?? '') ?? words.t('toolkit.share.gone'))
            : words.t(`toolkit.share.what.${share.what}`),
        link: share.link,
        until: words.t('toolkit.share.until', { date: words.exactly(share.expiresAt) }),
      })),
    };
    return page('toolkit/shares', view, { titleKey: 'toolkit.share.title' });
  }

  @Post()
  async make(
    @Member() viewer: Viewer,
    @Form(ShareForm) form: Submitted<ShareForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'toolkit.error.days');
    await this.limits.count('share', viewer.memberId, 60, 3_600);
    await this.shares.make(viewer, form.value);
    return seeOther('/toolkit/shares', 'toolkit.notice.share');
  }

  @Post(':id/revoke')
  async revoke(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    await this.shares.revoke(viewer, id);
    return seeOther('/toolkit/shares', 'toolkit.notice.share-ended');
  }
}
