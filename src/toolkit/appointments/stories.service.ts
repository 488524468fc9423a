import { Injectable } from '@nestjs/common';
import { isStaff, type MaybeViewer, type Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import type { ThreadRow } from '../../threads/thread-list.queries.js';
import {
  markStory,
  ownStories,
  STORIES_PER_PAGE,
  stories,
  unmarkStory,
  UPDATED_STORIES,
  updatedStories,
  type OwnStoryRow,
  type Step,
  type UpdatedStoryRow,
} from './stories.queries.js';

export interface StoryPage {
  step: Step;
  threads: ThreadRow[];
  /** Keyset cursor: the id to continue before; null if there are no older stories. */
  nextBefore: string | null;
}

/** Threads that their writers marked with a step towards professional help. */
@Injectable()
export class Stories {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @param before keyset cursor: only threads with a lower id */
  async page(viewer: MaybeViewer, step: Step, before: string): Promise<StoryPage> {
    const rows = await this.sql.rows(stories, {
      step,
      viewerId: viewer?.memberId ?? null,
      isStaff: isStaff(viewer),
      before,
      limit: STORIES_PER_PAGE + 1,
    });
    const threads = rows.slice(0, STORIES_PER_PAGE);
    return {
      step,
      threads,
      nextBefore: rows.length > threads.length ? (threads.at(-1)?.id ?? '') : null,
    };
  }

  /** A few threads whose authors posted an update, by newest update. */
  updated(viewer: MaybeViewer): Promise<UpdatedStoryRow[]> {
    return this.sql.rows(updatedStories, {
      viewerId: viewer?.memberId ?? null,
      isStaff: isStaff(viewer),
      limit: UPDATED_STORIES,
    });
  }

  /** The 20 newest threads that the member may mark. */
  async own(viewer: Viewer): Promise<OwnStoryRow[]> {
    return this.sql.rows(ownStories, { viewerId: viewer.memberId });
  }

  /**
   * Marks a story; for its writer only. @param step empty to remove the mark
   * @throws NotFound if the thread is not the member's, or not a published story
   */
  async mark(viewer: Viewer, id: string, step: string): Promise<void> {
    if (step !== '') {
      const now = this.clock.now();
      const marked = await this.sql.first(markStory, { id, memberId: viewer.memberId, step, now });
      if (marked === null) throw new NotFound();
      return;
    }
    const own = await this.own(viewer);
    const unmarked = await this.sql.first(unmarkStory, { id, viewerId: viewer.memberId });
    // Removing a mark that does not exist is a no-op, not an error.
    if (unmarked === null && !own.some((row) => row.id === id)) throw new NotFound();
  }
}
