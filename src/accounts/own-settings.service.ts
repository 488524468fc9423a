import { Injectable } from '@nestjs/common';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { newToken } from '../kernel/ids.js';
import { Sql } from '../kernel/sql.js';
import type { Profile } from './accounts.dto.js';
import {
  blockedAliases,
  blockedMembers,
  updateAvatar,
  ownAccount,
  saveProfile,
  setBreak,
  setLanguage,
  unblockAlias,
  type BlockedAlias,
  type BlockedMember,
  type OwnAccount,
} from './settings.queries.js';

/** Maximum length of a break. After a year, closing the account may be the better choice. */
const MAX_BREAK = 366 * DAY;

/** A member's profile, whom they have hidden, and their breaks. */
@Injectable()
export class OwnSettings {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async account(viewer: Viewer): Promise<OwnAccount> {
    const own = await this.sql.first(ownAccount, { viewerId: viewer.memberId });
    if (own === null) throw new NotFound();
    return own;
  }

  async save(viewer: Viewer, profile: Profile): Promise<void> {
    const { about, aboutAudience, sinceAudience, timeZone, country } = profile;
    await this.sql.rows(saveProfile, {
      viewerId: viewer.memberId,
      about,
      aboutAudience,
      sinceAudience,
      timeZone,
      country,
    });
  }

  /** @param locale language of emails to the member, and of pages on all of their devices */
  async setLanguage(viewer: Viewer, locale: string): Promise<void> {
    await this.sql.rows(setLanguage, { viewerId: viewer.memberId, locale });
  }

  async newAvatar(viewer: Viewer): Promise<void> {
    await this.sql.rows(updateAvatar, { viewerId: viewer.memberId, avatarSeed: newToken(9) });
  }

  async hidden(viewer: Viewer): Promise<{ members: BlockedMember[]; aliases: BlockedAlias[] }> {
    const { memberId: viewerId } = viewer;
    const members = await this.sql.rows(blockedMembers, { viewerId });
    return { members, aliases: await this.sql.rows(blockedAliases, { viewerId }) };
  }

  async unblockAlias(viewer: Viewer, aliasId: string): Promise<void> {
    await this.sql.rows(unblockAlias, { viewerId: viewer.memberId, aliasId });
  }

  /**
   * @param day such as `2026-01-31`; the break ends at its start (UTC)
   * @throws FieldError for a day that has started or is more than a year away
   */
  async takeBreak(viewer: Viewer, day: string): Promise<void> {
    const now = this.clock.now();
    const until = new Date(`${day}T00:00:00Z`);
    if (Number.isNaN(until.getTime()) || until <= now || until > later(now, MAX_BREAK))
      throw new FieldError('until', 'accounts.error.break');
    await this.sql.rows(setBreak, { viewerId: viewer.memberId, until });
  }

  async endBreak(viewer: Viewer): Promise<void> {
    await this.sql.rows(setBreak, { viewerId: viewer.memberId, until: null });
  }
}
