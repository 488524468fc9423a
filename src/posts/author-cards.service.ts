import { Injectable } from '@nestjs/common';
import { Clock, later } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { Sql, executeIn, queryIn } from '../kernel/sql.js';
import type { Viewer } from '../http/viewer.js';
import { CARE_PERIOD } from '../review/after-care.js';
import type { ModeratedHours } from '../review/moderated-hours.js';
import { SafetyPlans } from '../safety-plans/safety-plans.js';
import { ReviewCases } from '../review/review-cases.js';
import { recentWaits, waitsSince } from '../review/waiting-times.js';
import {
  cardFacts,
  ownHelpFacts,
  ownPost,
  answerSuggestion,
  type CardRow,
  type OwnPostRow,
} from './author-cards.queries.js';
import { compareTiers } from '../review/review-targets.js';
import { Screening } from '../triage/screening.js';
import type { Values } from '../http/form.js';
import {
  needsHelpCard,
  ownCardLines,
  type CardFacts,
  type OwnHelpView,
  type OwnPost,
} from './author-card.view.js';
import { PostAccess, type AccessiblePost } from './post-access.js';

export type AuthorAnswer = 'hidden' | 'safe' | 'need-now';

type OnPage = OwnPost & { readonly mine: boolean };

/** The cards above an author's own posts that need care, and the author's answers to them. */
@Injectable()
export class AuthorCards {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly access: PostAccess,
    private readonly cases: ReviewCases,
    private readonly plans: SafetyPlans,
    private readonly screening: Screening,
  ) {}

  /**
   * @param memberId the reader; null for a guest
   * @param rows posts of a page; no query is made if none of the reader's own needs a card
   * @returns null if no card is needed
   */
  async facts(
    memberId: string | null,
    rows: readonly OnPage[],
    hours: ModeratedHours,
  ): Promise<CardFacts | null> {
    const own = rows.filter((row) => row.mine && needsHelpCard(row));
    if (own.length === 0 || memberId === null) return null;
    const now = this.clock.now();
    const [cards, waits, plans] = await Promise.all([
      this.sql.rows(cardFacts, {
        postIds: own.map(({ id }) => id),
        now,
        since: later(now, -CARE_PERIOD),
      }),
      this.sql.rows(recentWaits, { since: waitsSince(now) }),
      this.plans.of(memberId),
    ]);
    return { cards, waits, own: plans.card, hours, now };
  }

  /**
   * The help shown to an author on the home page.
   * @param id a post of the author's for which help is shown
   */
  async after(
    memberId: string,
    id: string,
  ): Promise<{ card: CardRow; own: CardFacts['own'] } | null> {
    const now = this.clock.now();
    const [[card], plans] = await Promise.all([
      this.sql.rows(cardFacts, { postIds: [id], now, since: later(now, -CARE_PERIOD) }),
      this.plans.of(memberId),
    ]);
    return card === undefined ? null : { card, own: plans.card };
  }

  /**
   * Records the author's answer for the moderators. "Safe" does not close a case; "need-now" raises
   * the case to the crisis tier.
   * @throws NotFound where the post is not the viewer's own
   */
  async answer(viewer: Viewer, id: string, answer: AuthorAnswer): Promise<OwnPostRow> {
    const post = await this.sql.first(ownPost, { id, viewerId: viewer.memberId });
    if (post === null || (answer === 'hidden' && !isShown(post.status))) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      // The case comes first: only answers since the case was opened count.
      if (answer !== 'hidden') await this.openCase(tx, id, post.communityId, answer);
      await executeIn(
        tx,
        `insert into author_answers (post_id, answer, answered_at) values (:id, :answer, :now)
         on conflict (post_id, answer) do update set answered_at = excluded.answered_at`,
        { id, answer, now: this.clock.now() },
      );
    });
    return post;
  }

  // "Safe" is only relevant to an open case.
  private async openCase(
    tx: Tx,
    id: string,
    communityId: string,
    answer: 'safe' | 'need-now',
  ): Promise<void> {
    if (answer === 'safe') {
      const open = await queryIn<object>(
        tx,
        `select 1 from review_cases where kind = 'post' and post_id = :id and state = 'open'`,
        { id },
      );
      if (open.length === 0) return;
    }
    await this.cases.open(tx, {
      subject: { kind: 'post', postId: id },
      communityId,
      tier: answer === 'need-now' ? 'crisis' : 'none',
      reasons: [{ source: 'author', reason: answer === 'safe' ? 'safe-for-now' : 'need-now' }],
    });
  }

  /**
   * Whether a rule finds a danger named in a draft.
   * @param draft null if there is none
   */
  namesDanger(draft: Values | null): boolean {
    const texts = [draft?.title, draft?.body, draft?.summary].filter(
      (text) => typeof text === 'string' && text !== '',
    );
    if (texts.length === 0) return false;
    return compareTiers(this.screening.screen(texts.join('\n\n')).named, 'urgent') >= 0;
  }

  /** The member's own emergency card and plan; without content if the private pages are locked. */
  async ownHelp(memberId: string): Promise<OwnHelpView> {
    const [facts, plans] = await Promise.all([
      this.sql.first(ownHelpFacts, { memberId }),
      this.plans.of(memberId),
    ]);
    const locked = facts?.locked ?? false;
    return {
      own: locked || plans.card === null ? null : ownCardLines(plans.card),
      plan: facts?.plan ?? false,
    };
  }

  /** Adds or dismisses the content notes that a word rule suggested. */
  async takeSuggestion(
    viewer: Viewer,
    id: string,
    answer: 'add' | 'leave',
  ): Promise<AccessiblePost> {
    const post = await this.access.load(viewer, id);
    if (!post.mine) throw new NotFound();
    await this.sql.rows(answerSuggestion, { id, accepted: answer === 'add' });
    return post;
  }
}

/** Whether the author's page of the thread shows the post, and so its card. */
export function isShown(status: string): boolean {
  return status === 'published' || status === 'held' || status === 'hidden';
}
