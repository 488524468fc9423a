import { Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { Form, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { PrivateArea } from '../core/private-area.js';
import { ToolkitReader } from '../items/toolkit-reader.service.js';
import { Shares } from './shares.service.js';
import { shareListView } from './shares.view.js';
import { ShareForm } from '../core/toolkit.dto.js';

/** Routes to create, list and revoke share links. */
@Controller('toolkit/shares')
@UseInterceptors(PrivateArea)
export class SharesController {
  constructor(
    private readonly shares: Shares,
    private readonly reader: ToolkitReader,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  async list(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const [items, shares] = await Promise.all([
      this.reader.items(viewer.memberId),
      this.shares.of(viewer),
    ]);
    const view = shareListView(shares, items, i18n);
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
