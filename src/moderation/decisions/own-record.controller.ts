import { Controller, Get } from '@nestjs/common';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { ownRecordView } from './own-record.view.js';
import { Statements } from './statement.service.js';

/** A member's own record: whether the account is limited, and which decisions still count. */
@Controller('standing')
export class OwnRecordController {
  constructor(private readonly statements: Statements) {}

  @Get()
  async show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const { decisions, now } = await this.statements.record(viewer);
    return page('moderation/standing', ownRecordView(viewer, decisions, now, i18n), {
      titleKey: 'moderation.standing.title',
    });
  }
}
