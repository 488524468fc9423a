import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import { escapeLike } from '../../http/pagination.js';
import type { MaybeViewer, Viewer } from '../../http/viewer.js';
import { PostAccess, type AccessiblePost } from '../../posts/post-access.js';
import type { StrategyCardRow } from '../core/strategies.queries.js';
import { detectNeeds } from './need-detection.js';
import {
  strategiesByWords,
  postTexts,
  suggestedStrategies,
  strategiesOnPost,
  type PostTextsRow,
  type TaggedRow,
} from './suggestions.queries.js';
import { canMake } from './tagging.policy.js';

const MAX_TEXT_LENGTH = 8_000;

/** The strategies of one post. */
export interface PostStrategies {
  post: AccessiblePost;
  texts: PostTextsRow;
  tagged: TaggedRow[];
  /** Strategies that match the search, or are suggested for the post's text. */
  found: StrategyCardRow[];
}

/** Loads the strategies tagged on a post, and candidates for tagging. */
@Injectable()
export class PostStrategiesReader {
  constructor(
    private readonly posts: PostAccess,
    private readonly sql: Sql,
  ) {}

  /**
   * @param search empty to suggest by the post's own text
   * @throws NotFound if the viewer may not see the post, or it was withdrawn or removed
   */
  async of(
    viewer: MaybeViewer,
    id: string,
    search: string,
    language: string,
  ): Promise<PostStrategies> {
    const post = await this.posts.load(viewer, id);
    const texts = await this.sql.first(postTexts, { id });
    if (texts === null || post.status === 'withdrawn' || post.status === 'removed')
      throw new NotFound();
    const viewerId = viewer?.memberId ?? null;
    const tagged = await this.sql.rows(strategiesOnPost, { postId: id, viewerId, mine: post.mine });
    const found =
      search === ''
        ? await this.sql.rows(suggestedStrategies, {
            viewerId,
            needs: detectNeeds(`${post.title}\n${texts.body}`),
            text: `${post.title} ${texts.body}`.slice(0, MAX_TEXT_LENGTH),
            language,
          })
        : await this.sql.rows(strategiesByWords, { query: search, pattern: escapeLike(search) });
    return { post, texts, tagged, found };
  }

  /** Suggestions for a draft. The text is not stored. */
  async suggestedFor(viewer: Viewer, draft: string, language: string): Promise<StrategyCardRow[]> {
    const text = draft.slice(0, MAX_TEXT_LENGTH);
    const needs = detectNeeds(text);
    return this.sql.rows(suggestedStrategies, { viewerId: viewer.memberId, needs, text, language });
  }

  /** @throws NotFound if the viewer may not turn the post into a strategy */
  async sourceOf(viewer: Viewer, id: string): Promise<PostTextsRow> {
    const post = await this.posts.load(viewer, id);
    const texts = canMake(viewer, post) ? await this.sql.first(postTexts, { id }) : null;
    if (texts === null) throw new NotFound();
    return texts;
  }
}
