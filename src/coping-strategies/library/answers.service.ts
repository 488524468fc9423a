import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Sql } from '../../kernel/sql.js';
import type { Viewer } from '../../http/viewer.js';
import type { Feedback } from '../core/strategy.dto.js';
import { StrategyAccess } from '../core/strategy-access.js';
import { hideStrategy, removeFeedback, saveFeedback, unhideStrategy } from './answers.queries.js';

/** A member's feedback on strategies, and hidden strategies. Others only see counts. */
@Injectable()
export class Answers {
  constructor(
    private readonly access: StrategyAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** Stores the member's only answer, replacing an earlier one; `none` removes it. */
  async save(viewer: Viewer, slug: string, { answer, need, situation }: Feedback): Promise<void> {
    const { id } = await this.access.published(viewer, slug);
    if (answer === 'none') await this.sql.rows(removeFeedback, { id, viewerId: viewer.memberId });
    else
      await this.sql.rows(saveFeedback, {
        id,
        viewerId: viewer.memberId,
        helped: answer === 'helped',
        need,
        situation,
        now: this.clock.now(),
      });
  }

  async hide(viewer: Viewer, slug: string): Promise<void> {
    const { id } = await this.access.published(viewer, slug);
    await this.sql.rows(hideStrategy, { viewerId: viewer.memberId, id });
  }

  async unhide(viewer: Viewer, slug: string): Promise<void> {
    const { id } = await this.access.published(viewer, slug);
    await this.sql.rows(unhideStrategy, { viewerId: viewer.memberId, id });
  }
}
