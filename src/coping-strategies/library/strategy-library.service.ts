import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isStaff, type MaybeViewer, type Viewer } from '../../http/viewer.js';
import { Sql } from '../../kernel/sql.js';
import {
  hiddenStrategies,
  library,
  pickCandidates,
  pickedById,
  shortestFor,
  STRATEGIES_PER_PAGE,
  type PickedRow,
  type StrategyCardRow,
} from '../core/strategies.queries.js';
import {
  answers,
  feedbackOutcomes,
  hasStories,
  similarStrategies,
  stories,
  type AnswersRow,
  type OutcomeRow,
  type StoryRow,
  type StrategyRow,
} from '../core/strategy-page.queries.js';
import { partitionLifeTags } from '../core/vocabulary.js';
import { LibraryCache, type LibraryState } from './library-cache.js';
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

/** What all readers of a strategy's page who hid nothing are shown. */
interface SharedContext extends Omit<StrategyContext, 'stories'> {
  /** Whether anybody tells of it. */
  told: boolean;
}

/** Approximate memory of an id and a slug. */
const CANDIDATE_BYTES = 150;

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
  constructor(
    private readonly sql: Sql,
    private readonly cache: LibraryCache,
  ) {}

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
    const lives = partitionLifeTags(tags);
    const state = await this.cache.state(viewer);
    const candidates = await this.cache.of(
      state,
      'candidates',
      [language, tags, minutes, energies],
      () =>
        this.sql.rows(pickCandidates, { mostMinutes: minutes, energies, language, tags, ...lives }),
      (rows) => rows.length * CANDIDATE_BYTES,
    );
    const open = candidates.filter(({ id, slug }) => slug !== not && !state.hidden.has(id));
    const chosen = open.length === 0 ? undefined : open[randomInt(open.length)];
    const picked = chosen === undefined ? null : await this.picked(state, chosen.id);
    const viewerId = viewer?.memberId ?? null;
    const nearest =
      picked === null && not === ''
        ? await this.sql.first(shortestFor, { viewerId, language, tags, ...lives })
        : null;
    return { picked, nearest };
  }

  private picked(state: LibraryState, id: string): Promise<PickedRow | null> {
    const read = (): Promise<PickedRow | null> => this.sql.first(pickedById, { id });
    return this.cache.of(state, 'picked', [id], read, bytesOf);
  }

  /** The published strategies that the member hid, by name. */
  async hidden(viewer: Viewer): Promise<StrategyCardRow[]> {
    return this.sql.rows(hiddenStrategies, { viewerId: viewer.memberId });
  }

  /** What a strategy's page shows around it. */
  async contextOf(strategy: StrategyRow, viewer: MaybeViewer): Promise<StrategyContext> {
    const [strategyId, viewerId] = [strategy.id, viewer?.memberId ?? null];
    const state = await this.cache.state(viewer, [`strategy:${strategyId}`]);
    const similar = (): Promise<StrategyCardRow[]> =>
      this.sql.rows(similarStrategies, { strategyId, viewerId });
    const everybody = await this.cache.of(
      state,
      'context',
      [strategyId],
      () => this.sharedContext(strategyId),
      bytesOf,
    );
    const [told, alike] = await Promise.all([
      everybody.told
        ? this.sql.rows(stories, { strategyId, viewerId, isStaff: isStaff(viewer) })
        : [],
      state.hidden.size === 0 ? everybody.similar : similar(),
    ]);
    const { answers, outcomes } = everybody;
    return { stories: told, answers, outcomes, similar: alike };
  }

  private async sharedContext(strategyId: string): Promise<SharedContext> {
    const [told, answered, outcomes, similar] = await Promise.all([
      this.sql.first(hasStories, { strategyId }),
      this.sql.rows(answers, { strategyId }),
      this.sql.rows(feedbackOutcomes, { strategyId }),
      this.sql.rows(similarStrategies, { strategyId, viewerId: null }),
    ]);
    return { told: told?.any === true, answers: answered, outcomes, similar };
  }
}

/** Approximate memory of rows. */
function bytesOf(rows: unknown): number {
  return 3 * JSON.stringify(rows).length;
}
