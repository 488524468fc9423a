import { Controller, Get, Param } from '@nestjs/common';
import { page, type Page } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { MailSettings } from '../notifications/preferences/mail-settings.service.js';
import { MAIL_KINDS } from '../notifications/preferences/notice-kinds.js';
import { DigestContent, isNews, type DigestMedium } from './digest-content.js';
import { nextWindow, ownDigest } from './digest-rows.queries.js';
import { windowNow, type Digest } from './digest-windows.js';
import { digestGroups, digestLines } from './digest.view.js';

/**
 * A digest as a page, for its member alone: shows what the email only counted, without what they may
 * no longer read.
 */
@Controller('digests')
export class DigestsController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly content: DigestContent,
    private readonly settings: MailSettings,
  ) {}

  /** A preview: what the next digest would say if it went out now. */
  @Get('next')
  async next(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const { settings } = await this.settings.of(viewer.memberId);
    const plan = await this.sql.first(nextWindow, { memberId: viewer.memberId });
    if (plan === null) throw new NotFound();
    const window = windowNow(this.clock.now(), {
      ...plan,
      timeZone: settings.timeZone,
      hour: settings.digestHour,
      day: settings.digestDay,
    });
    return this.page({ id: '0', memberId: viewer.memberId, ...window }, i18n, {
      preview: true,
      next: plan.nextAt === null ? null : i18n.deadline(plan.nextAt),
      medium: plan.nextAt === null ? 'page' : 'mail',
    });
  }

  @Get(':id')
  async show(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @I18n() i18n: Translator,
  ): Promise<Page> {
    const digest = await this.sql.first(ownDigest, { memberId: viewer.memberId, id });
    if (digest === null) throw new NotFound();
    return this.page(digest, i18n, { preview: false, next: null, medium: 'page' });
  }

  private async page(
    digest: Digest,
    i18n: Translator,
    shown: { preview: boolean; next: string | null; medium: DigestMedium },
  ): Promise<Page> {
    const counts = (await this.content.counts([digest], shown.medium)).get(digest.id);
    const items = (await this.content.items([digest], shown.medium, i18n.locale)).get(digest.id);
    const { everywhere } = await this.settings.of(digest.memberId);
    const since = [digest.dailySince, digest.weeklySince].flatMap((each) =>
      each === null ? [] : [each.getTime()],
    );
    const view = {
      ...shown,
      lines: counts === undefined ? [] : digestLines(counts, i18n),
      news: counts !== undefined && isNews(counts),
      groups: items === undefined ? [] : digestGroups(items, '', i18n),
      from: i18n.exactly(new Date(Math.min(...since))),
      until: i18n.exactly(digest.until),
      reasons: MAIL_KINDS.map(
        (kind) =>
          `${i18n.t(`notifications.mail.${kind}`)}: ${i18n.t(`notifications.frequency.${everywhere[kind]}`)}`,
      ),
    };
    return page('digests/digest', view, {
      titleKey: shown.preview ? 'digests.next.title' : 'digests.title',
    });
  }
}
