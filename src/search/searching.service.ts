import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { spaced, type Strictness } from './search-query.js';
import { SpellingCorrection } from './spelling-correction.service.js';
import {
  communitySearch,
  strategySearch,
  type FoundCommunity,
  type FoundStrategy,
} from './other-search.queries.js';
import { labelsOf, RESULTS_A_PAGE, sinceOf, type SearchOptions } from './search-options.js';
import { threadSearch, type FoundThread } from './thread-search.queries.js';

export type Found =
  | { place: 'threads'; rows: FoundThread[] }
  | { place: 'strategies'; rows: FoundStrategy[] }
  | { place: 'communities'; rows: FoundCommunity[] };

export interface Answer {
  found: Found;
  /** One more than a page was found. */
  more: boolean;
  /** The words that were looked for in place of those asked; null where they are the same. */
  corrected: string | null;
  /** Nothing holds all of the words: any of them was enough. */
  loose: boolean;
}

/** Looks for words as the viewer may see. What was asked is kept nowhere. */
@Injectable()
export class Searching {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly corrections: SpellingCorrection,
  ) {}

  /**
   * All of the words first; where nothing holds them, the words as they were probably meant; then
   * any of them.
   * @param language of the page, for strategies
   * @param mayCorrect false where nothing may be held out
   */
  async search(
    viewer: MaybeViewer,
    wishes: SearchOptions,
    language: string,
    mayCorrect: boolean,
  ): Promise<Answer> {
    if (wishes.loose)
      return this.answer(await this.find(viewer, wishes, language, 'any'), null, true);
    const exact = await this.find(viewer, wishes, language, 'all');
    if (exact.rows.length > 0 || wishes.page > 1) return this.answer(exact, null, false);
    const corrected = mayCorrect ? await this.corrections.of(wishes.q) : null;
    if (corrected !== null) {
      const found = await this.find(viewer, { ...wishes, q: corrected }, language, 'all');
      if (found.rows.length > 0) return this.answer(found, corrected, false);
    }
    const any = await this.find(viewer, { ...wishes, q: corrected ?? wishes.q }, language, 'any');
    return this.answer(any, any.rows.length > 0 ? corrected : null, any.rows.length > 0);
  }

  private answer(found: Found, corrected: string | null, loose: boolean): Answer {
    const more = found.rows.length > RESULTS_A_PAGE;
    return {
      found: { place: found.place, rows: found.rows.slice(0, RESULTS_A_PAGE) } as Found,
      more,
      corrected,
      loose,
    };
  }

  private async find(
    viewer: MaybeViewer,
    wishes: SearchOptions,
    language: string,
    strictness: Strictness,
  ): Promise<Found> {
    const { place } = wishes;
    const q = spaced(wishes.q);
    const shared = {
      viewerId: viewer?.memberId ?? null,
      query: q,
      offset: (wishes.page - 1) * RESULTS_A_PAGE,
      limit: RESULTS_A_PAGE + 1,
    };
    if (place === 'strategies') {
      return {
        place,
        rows: await this.sql.rows(strategySearch[strictness], { ...shared, language }),
      };
    }
    const isTeam = isStaff(viewer);
    if (place === 'communities') {
      const query = { ...shared, isStaff: isTeam };
      return { place, rows: await this.sql.rows(communitySearch[strictness], query) };
    }
    const now = this.clock.now();
    const query = {
      ...shared,
      isStaff: isTeam,
      community: wishes.community,
      labels: labelsOf(wishes),
      since: sinceOf(wishes, now),
      now,
      memberId: viewer?.suspendedUntil == null ? shared.viewerId : null,
    };
    return { place, rows: await this.sql.rows(threadSearch[strictness], query) };
  }
}
