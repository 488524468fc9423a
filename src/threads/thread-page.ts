import { Injectable } from '@nestjs/common';
import { Clock, later } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { isId } from '../kernel/ids.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { formView } from '../http/form-page.js';
import { idempotencyKeyOf, listOf } from '../http/form-values.js';
import type { InvalidForm, Values } from '../http/form.js';
import { page, type Page } from '../http/page.js';
import type { MaybeViewer } from '../http/viewer.js';
import { CARE_PERIOD } from '../review/after-care.js';
import type { RefusedVote } from '../polls/poll-panel.js';
import { Polls } from '../polls/polls.js';
import { AuthorCards } from '../posts/author-cards.service.js';
import { disclosureReviewView } from '../posts/disclosure-review.view.js';
import type { SubmissionReview } from '../posts/disclosure-review.js';
import { MAX_QUOTES, PAGE_SIZE, pageNumberOf } from '../posts/post-address.js';
import { ThreadAccess, type AccessibleThread } from './thread-access.js';
import { groundingStrategy, hasDistressingPost } from './grounding.js';
import { PostFragments } from '../posts/post-fragments.js';
import type { Reader } from '../posts/post-actions.view.js';
import { isFolded } from '../posts/post.view.js';
import { isCollapsedQuote } from '../posts/post-quote.view.js';
import { quotesIn, type QuoteRow } from '../posts/post-quotes.queries.js';
import {
  readNotices,
  referredPosts,
  threadPosts,
  threadPostsForGuests,
  type ReferredPostRow,
} from './thread-posts.queries.js';
import { readerOf, threadView, type ThreadPageFacts, type ThreadReadFacts } from './thread.view.js';
import { canReply } from './threads.policy.js';

/** A page of a thread as one reader sees it, and what the policies need to know about them. */
export interface ReadThread {
  readonly thread: AccessibleThread;
  readonly posts: ThreadPageFacts['posts'];
  readonly reader: Reader;
}

export interface ThreadPageQuery {
  /** Counts from 1; `last` to show a rejected reply again. */
  page: number | 'last';
  /** Number of the answered post. */
  reply?: number;
  /** Numbers of posts to quote. */
  quote?: readonly number[];
  /** Number of a post to show although it is filtered for the reader. */
  show?: number;
  /** Whether to prepare the reply form for an update by the thread's author. */
  update?: boolean;
  faulty?: InvalidForm;
  /** A rejected vote: the message key of the reason, and the chosen options. */
  vote?: RefusedVote;
  /** What the author of a reply must review before it is posted. */
  review?: SubmissionReview;
}

/**
 * Loads the thread page with at most four queries for a member, whatever its length; one more if
 * posts quote others or may be hard to read, and three more if the reader's own post needs a card.
 */
@Injectable()
export class ThreadPage {
  constructor(
    private readonly access: ThreadAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly cards: AuthorCards,
    private readonly fragments: PostFragments,
    private readonly polls: Polls,
  ) {}

  async show(
    viewer: MaybeViewer,
    i18n: Translator,
    id: string,
    query: ThreadPageQuery,
  ): Promise<Page> {
    const read = await this.facts(viewer, id, query.page, query.show);
    const { thread, posts, page: number, quotes, now } = read;
    const box =
      viewer !== null && canReply(viewer, thread)
        ? await this.box(viewer.memberId, i18n, thread, query)
        : null;
    const notices =
      viewer !== null && viewer.unread > 0
        ? await this.sql.rows(readNotices, { viewerId: viewer.memberId, id, now })
        : [];
    const news = notices.flatMap((notice) => (notice.number === null ? [] : [notice.number]));
    const grounding = hasDistressingPost(posts)
      ? await this.sql.first(groundingStrategy, {
          viewerId: viewer?.memberId ?? null,
          language: i18n.locale,
        })
      : null;
    const poll =
      thread.poll && number === 1 ? await this.polls.of(id, viewer?.memberId ?? null) : null;
    const facts: ThreadPageFacts = {
      ...read,
      grounding,
      poll,
      vote: query.vote ?? null,
      quoting: box === null ? [] : box.quotes.map((post) => post.number),
      fragments: this.fragments,
      box,
      firstUnread: news.length === 0 ? null : Math.min(...news),
    };
    const view = threadView(facts, i18n);
    return page('threads/thread', view, {
      status: query.faulty === undefined && query.vote === undefined ? 200 : 422,
      title: thread.title,
      indexable:
        thread.readers === 'search-engines' &&
        number === 1 &&
        !posts.some(isFolded) &&
        !quotes.some(isCollapsedQuote),
      skip: view.jump ? { href: '#reply', key: 'threads.reply.title' } : undefined,
      canonical: `/t/${id}${number > 1 ? `?page=${number}` : ''}`,
      madeOf: [`thread:${id}`, `community:${thread.communityId}`, 'people', 'strategies'],
      timed: true,
    });
  }

  /**
   * The same posts with the same rules as the page, for other presentations. Does not mark notices
   * as read.
   * @param page counts from 1
   * @param show number of a post to show although it is filtered for the reader
   * @throws NotFound for a thread that the viewer may not see, or a page that does not exist
   */
  async read(viewer: MaybeViewer, id: string, page: number, show?: number): Promise<ReadThread> {
    const facts = await this.facts(viewer, id, page, show);
    return { thread: facts.thread, posts: facts.posts, reader: readerOf(facts) };
  }

  private async facts(
    viewer: MaybeViewer,
    id: string,
    asked: number | 'last',
    show?: number,
  ): Promise<ThreadReadFacts> {
    const thread = await this.access.load(viewer, id);
    const last = pageNumberOf(thread.lastNumber);
    const page = asked === 'last' ? last : asked;
    if (page > last) throw new NotFound();
    const posts = await this.posts(viewer, thread, page);
    const cards = await this.cards.facts(viewer?.memberId ?? null, posts, thread.hours);
    const quotes = await this.quotes(viewer, posts);
    return { thread, posts, page, viewer, now: this.clock.now(), show, cards, quotes, quoting: [] };
  }

  private posts(
    viewer: MaybeViewer,
    thread: AccessibleThread,
    number: number,
  ): Promise<ThreadPageFacts['posts']> {
    const from = (number - 1) * PAGE_SIZE + 1;
    const to = number * PAGE_SIZE;
    if (viewer === null)
      return this.sql.rows(threadPostsForGuests, {
        threadId: thread.id,
        fromNumber: from,
        toNumber: to,
        community: thread.communityId,
      });
    const since = later(this.clock.now(), -CARE_PERIOD);
    return this.sql.rows(threadPosts, {
      threadId: thread.id,
      fromNumber: from,
      toNumber: to,
      viewerId: viewer.memberId,
      viewerModeratesHere: thread.moderates,
      community: thread.communityId,
      since,
    });
  }

  private async quotes(viewer: MaybeViewer, posts: ThreadPageFacts['posts']): Promise<QuoteRow[]> {
    const postIds = posts.filter((post) => post.quotes).map(({ id }) => id);
    return postIds.length === 0
      ? []
      : this.sql.rows(quotesIn, { postIds, viewerId: viewer?.memberId ?? null });
  }

  private async box(
    memberId: string,
    i18n: Translator,
    thread: AccessibleThread,
    query: ThreadPageQuery,
  ): Promise<ThreadPageFacts['box']> {
    const draft = query.faulty === undefined ? thread.draft : null;
    const stored = query.update === true ? { ...draft, update: 'on' } : (draft ?? {});
    const form = formView(i18n, query.faulty, stored);
    const disclosure = query.review?.disclosure ?? null;
    const danger = query.review?.danger ?? this.cards.namesDanger(draft);
    return {
      form,
      idempotencyKey: idempotencyKeyOf(form.values),
      ...(await this.referred(memberId, thread, query, form.values)),
      draft: draft !== null,
      ownHelp: danger ? await this.cards.ownHelp(memberId) : null,
      nothingToReview: query.review !== undefined && disclosure === null && !danger,
      disclosureReview:
        disclosure === null
          ? null
          : disclosureReviewView(i18n, disclosure, form.values, {
              action: `/t/${thread.id}/replies`,
              change: '#body',
            }),
    };
  }

  /**
   * The posts that the reply refers to: those chosen now, and those in the form or the draft.
   * Quoting a post also answers it, unless another one is answered.
   */
  private async referred(
    memberId: string,
    thread: AccessibleThread,
    query: ThreadPageQuery,
    values: Values,
  ): Promise<{ replyTo: ReferredPostRow | null; quotes: ReferredPostRow[] }> {
    const fresh = query.faulty === undefined;
    const quoting = fresh ? (query.quote ?? []) : [];
    const number = fresh ? (query.reply ?? quoting[0] ?? null) : null;
    const answered = listOf(values.replyTo).filter(isId);
    const quoted = listOf(values.quotes).filter(isId).slice(0, MAX_QUOTES);
    const numbers = [...quoting, ...(number === null ? [] : [number])];
    const ids = [...quoted, ...answered];
    if (numbers.length + ids.length === 0) return { replyTo: null, quotes: [] };
    const rows = await this.sql.rows(referredPosts, {
      threadId: thread.id,
      numbers,
      ids,
      viewerId: memberId,
    });
    const quotes = [
      ...quoted.map((id) => rows.find((row) => row.id === id)),
      ...quoting.map((each) => rows.find((row) => row.number === each)),
    ].filter((row) => row !== undefined);
    const replyTo = rows.find((row) =>
      number === null ? answered.includes(row.id) : row.number === number,
    );
    return { replyTo: replyTo ?? null, quotes: [...new Set(quotes)].slice(0, MAX_QUOTES) };
  }
}
