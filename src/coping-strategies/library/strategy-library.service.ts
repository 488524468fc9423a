import { Injectable } from '@nestjs/common';
import { isStaff, type MaybeViewer, type Viewer } from '../../http/viewer.js';
import { Sql } from '../../kernel/sql.js';
import {
  hiddenStrategies,
  library,
  pickStrategy,
  shortestFor,
  STRATEGIES_PER_PAGE,
  type PickedRow,
  type StrategyCardRow,
} from '../core/strategies.queries.js';
import {
  answers,
  feedbackOutcomes,
  similarStrategies,
  stories,
  type AnswersRow,
  type OutcomeRow,
  type StoryRow,
  type StrategyRow,
} from '../core/strategy-page.queries.js';
import { partitionLifeTags } from '../core/vocabulary.js';
import { filterParams, type Cursor, type LibraryFilter } from './library-filter.js';

export interface LibraryPage {
  strategies: StrategyCardRow[];
  /** Null on the last page. */
  next: Cursor | null;
}

export interface PickedStrategy {
  picked: PickedRow | null;
  /** If nothing matches: the shortest strategy with the same tags. */
  nearest: StrategyCardRow | null;
}

/** The context that a strategy's page shows. */
export interface StrategyContext {
  stories: StoryRow[];
  answers: AnswersRow[];
  outcomes: OutcomeRow[];
  similar: StrategyCardRow[];
}

/** Queries the library of strategies, without those that the viewer hid. */
@Injectable()
export class StrategyLibrary {
  constructor(private readonly sql: Sql) {}

  /** Loads one page, shortest first, in a single query. @param after end of the previous page */
  async list(
    viewer: MaybeViewer,
    language: string,
    filter: LibraryFilter,
    after: Cursor,
  ): Promise<LibraryPage> {
    const { tags, minutes, energies } = filterParams(filter);
    const params = {
      viewerId: viewer?.memberId ?? null,
      mostMinutes: minutes,
      energies,
      language,
      minutes: after.minutes,
      id: after.id,
      limit: STRATEGIES_PER_PAGE + 1,
      tags,
    };
    const rows =
      filter.q !== ''
        ? await this.sql.rows(library.found, { ...params, query: filter.q })
        : await this.sql.rows(tags.length > 0 ? library.tagged : library.all, params);
    const strategies = rows.slice(0, STRATEGIES_PER_PAGE);
    const last = strategies.at(-1);
    const next = rows.length > strategies.length && last !== undefined ? last : null;
    return { strategies, next };
  }

  /** Picks a random matching strategy. @param not slug of one to leave out, or empty */
  async pick(
    viewer: MaybeViewer,
    language: string,
    filter: LibraryFilter,
    not: string,
  ): Promise<PickedStrategy> {
    const { tags, minutes, energies } = filterParams(filter);
    const viewerId = viewer?.memberId ?? null;
    const lives = partitionLifeTags(tags);
    const params = { viewerId, mostMinutes: minutes, energies, language, tags, not, ...lives };
    const picked = await this.sql.first(pickStrategy, params);
    const nearest =
      picked === null && not === ''
        ? await this.sql.first(shortestFor, { viewerId, language, tags, ...lives })
        : null;
    return { picked, nearest };
  }

  /** The published strategies that the member hid, by name. */
  async hidden(viewer: Viewer): Promise<StrategyCardRow[]> {
    return this.sql.rows(hiddenStrategies, { viewerId: viewer.memberId });
  }

  async contextOf(strategy: StrategyRow, viewer: MaybeViewer): Promise<StrategyContext> {
    const [strategyId, viewerId] = [strategy.id, viewer?.memberId ?? null];
    return {
      stories: await this.sql.rows(stories, { strategyId, viewerId, isStaff: isStaff(viewer) }),
      answers: await this.sql.rows(answers, { strategyId }),
      outcomes: await this.sql.rows(feedbackOutcomes, { strategyId }),
      similar: await this.sql.rows(similarStrategies, { strategyId, viewerId }),
    };
  }
}
