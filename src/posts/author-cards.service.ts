import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Viewer } from '../http/viewer.js';
import type { ModeratedHours } from '../safety/moderated-hours.js';
import { OwnPlans } from '../safety/own-plans.js';
import { ReviewCases } from '../safety/review-cases.js';
import { recentWaits, waitsSince } from '../safety/waits.js';
import { cardFacts, suggestion, type CardRow } from './author-cards.queries.js';
import { needsCard, type CardFacts, type Own } from './author-card.view.js';
import { PostDoor, type PostAccess } from './post-access.js';

export type AuthorAnswer = CardRow['answers'][number];

type OnPage = Own & { readonly mine: boolean };

/** What an author is told about a post that needs care, and what they answer. */
@Injectable()
export class AuthorCards {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly door: PostDoor,
    private readonly cases: ReviewCases,
    private readonly plans: OwnPlans,
  ) {}

  /** @param rows posts of a page, of which the reader's own are told about; nothing is asked where none needs it */
  async facts(memberId: string | null, rows: readonly OnPage[], hours: ModeratedHours): Promise<CardFacts | null> {
    const own = rows.filter((row) => row.mine && needsCard(row));
    if (own.length === 0 || memberId === null) return null;
    const now = this.clock.now();
    const [cards, waits, plans] = await Promise.all([this.sql.rows(cardFacts, [own.map(({ id }) => id), now]), this.sql.rows(recentWaits, [waitsSince(now)]), this.plans.of(memberId)]);
    return { cards, waits, own: plans.card, hours, now };
  }

  /** Recorded for the moderators; that somebody is safe closes nothing, that somebody needs a person now goes to the top. */
  async answer(viewer: Viewer, id: string, answer: AuthorAnswer): Promise<PostAccess> {
    const post = await this.door.open(viewer, id);
    if (!post.mine || (post.status !== 'published' && post.status !== 'held')) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      await tx.query(
        `insert into author_answers (post_id, answer, answered_at) values ($1, $2, $3) on conflict (post_id, answer) do update set answered_at = excluded.answered_at`,
        [id, answer, this.clock.now()],
      );
      if (answer === 'hidden') return;
      const [open] = (await tx.query(`select 1 as one from review_cases where kind = 'post' and post_id = $1 and state = 'open'`, [id])) as object[];
      if (answer === 'safe' && open === undefined) return;
      const tier = answer === 'need-now' ? 'crisis' : 'none';
      await this.cases.open(tx, { subject: { kind: 'post', postId: id }, communityId: post.communityId, tier, reasons: [{ source: 'author', reason: answer === 'safe' ? 'safe-for-now' : 'need-now' }] });
    });
    return post;
  }

  /** Content notes that a rule of the place suggested. */
  async takeSuggestion(viewer: Viewer, id: string, answer: 'add' | 'leave'): Promise<PostAccess> {
    const post = await this.door.open(viewer, id);
    if (!post.mine) throw new NotFound();
    await this.sql.rows(suggestion, [id, answer === 'add']);
    return post;
  }
}
