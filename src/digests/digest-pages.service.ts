import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { MailSettings } from '../notifications/preferences/mail-settings.service.js';
import { DigestContent, type DigestMedium } from './digest-content.js';
import type { DigestPageFacts } from './digest-page.view.js';
import { nextWindow, ownDigest } from './digest-rows.queries.js';
import { windowNow, type Digest } from './digest-windows.js';

/** Shows a member's digests as pages, without what the member can no longer read. */
@Injectable()
export class DigestPages {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly content: DigestContent,
    private readonly settings: MailSettings,
  ) {}

  /** A preview of the next digest, as if it were sent now. */
  async preview(viewer: Viewer, language: string): Promise<DigestPageFacts> {
    const { memberId } = viewer;
    const { settings, everywhere } = await this.settings.of(memberId);
    const plan = await this.sql.first(nextWindow, { memberId });
    if (plan === null) throw new NotFound();
    const window = windowNow(this.clock.now(), {
      ...plan,
      timeZone: settings.timeZone,
      hour: settings.digestHour,
      day: settings.digestDay,
    });
    const medium = plan.nextAt === null ? 'page' : 'mail';
    const read = await this.read({ id: '0', memberId, ...window }, medium, language);
    return { ...read, everywhere, preview: true, nextAt: plan.nextAt };
  }

  /** @throws NotFound for somebody else's digest */
  async own(viewer: Viewer, id: string, language: string): Promise<DigestPageFacts> {
    const digest = await this.sql.first(ownDigest, { memberId: viewer.memberId, id });
    if (digest === null) throw new NotFound();
    const { everywhere } = await this.settings.of(viewer.memberId);
    const read = await this.read(digest, 'page', language);
    return { ...read, everywhere, preview: false, nextAt: null };
  }

  private async read(
    digest: Digest,
    medium: DigestMedium,
    language: string,
  ): Promise<Pick<DigestPageFacts, 'window' | 'counts' | 'items'>> {
    const counts = await this.content.counts([digest], medium);
    const items = await this.content.items([digest], medium, language);
    return {
      window: digest,
      counts: counts.get(digest.id) ?? null,
      items: items.get(digest.id) ?? null,
    };
  }
}
