import { Injectable } from '@nestjs/common';
import { escapeLike, FIRST_PAGE, readIdCursor } from '../http/pagination.js';
import { isStaff, type Viewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import { OWN_POSTS_PER_PAGE, ownDrafts, ownPosts, savedThreads } from './mine.queries.js';
import type { OwnContentFacts } from './mine.view.js';
import { SavedSearches } from './saved-searches.service.js';

/** LIKE patterns, one per word, without case and accents. */
export function likePatterns(q: string): string[] {
  return q
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 10)
    .map((word) => `%${escapeLike(word)}%`);
}

/** Reads a member's own content: posts, drafts, saved threads and saved searches. */
@Injectable()
export class OwnContent {
  constructor(
    private readonly sql: Sql,
    private readonly saved: SavedSearches,
  ) {}

  /**
   * @param q search words; empty for everything
   * @param sent raw cursor of the page of posts; everything else is only on the first page
   */
  async read(viewer: Viewer, q: string, sent: unknown): Promise<OwnContentFacts> {
    const { memberId } = viewer;
    const patterns = likePatterns(q);
    const before = readIdCursor(sent);
    const first = before === FIRST_PAGE;
    const posts = await this.sql.rows(ownPosts, {
      memberId,
      patterns,
      beforeThisId: before,
      limit: OWN_POSTS_PER_PAGE + 1,
    });
    const drafts = first ? await this.sql.rows(ownDrafts, { memberId, patterns }) : [];
    const saves = first
      ? await this.sql.rows(savedThreads, { memberId, patterns, isStaff: isStaff(viewer) })
      : [];
    const searches = first && q === '' ? await this.saved.of(memberId) : [];
    return { q, first, posts, drafts, saves, searches };
  }
}
