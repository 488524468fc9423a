import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { formView } from '../http/form-page.js';
import { idempotencyKeyOf } from '../http/form-values.js';
import type { InvalidForm } from '../http/form.js';
import { page, type Page } from '../http/page.js';
import { mayModerate, type MaybeViewer } from '../http/viewer.js';
import type { RefusedVote } from '../polls/poll-panel.js';
import { Polls } from '../polls/polls.js';
import { AuthorCards } from '../posts/author-cards.service.js';
import { disclosureReviewView } from '../posts/disclosure-review.view.js';
import type { SubmissionReview } from '../posts/disclosure-review.js';
import { referredIn } from './referred-posts.js';
import { ThreadAccess, type AccessibleThread } from './thread-access.js';
import { groundingStrategy, hasDistressingPost } from './grounding.js';
import { PostFragments } from '../posts/post-fragments.js';
import type { Reader } from '../posts/post-actions.view.js';
import { isFolded, type PostRow } from '../posts/post.view.js';
import { isCollapsedQuote } from '../posts/post-quote.view.js';
import { quotesIn, type QuoteRow } from '../posts/post-quotes.queries.js';
import { readNotices } from './thread-posts.queries.js';
import { leftPostsFor, postsFor } from './thread-posts.js';
import { lastPageOf } from './thread-pages.view.js';
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
 * Loads the thread page with two queries at once, whatever its length; one more if posts quote
 * others, have strategies, are the reader's own or may be hard to read, if there is anything that
 * few threads have, or if the reader's own thread waits for a reply; three more if the reader's own
 * post needs a card.
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
    const left = thread.lastLeft > 0 ? await leftPostsFor(this.sql, viewer, thread, number) : [];
    const facts: ThreadPageFacts = {
      ...read,
      left,
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
      helpFirst: view.cards.length > 0,
      skip: view.jump ? { href: '#reply', key: 'threads.reply.jump' } : undefined,
      canonical: `/t/${id}${number > 1 ? `?page=${number}` : ''}`,
      madeOf: [
        ...threadsOn(id, [...left, ...quotes]).map((each) => `thread:${each}` as const),
        `community:${thread.communityId}`,
        'people',
        'strategies',
      ],
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
    const [thread, posts, page] = await this.page(viewer, id, asked);
    const cards = await this.cards.facts(viewer?.memberId ?? null, posts, thread.hours);
    const quotes = await this.quotes(viewer, posts);
    return { thread, posts, page, viewer, now: this.clock.now(), show, cards, quotes, quoting: [] };
  }

  // Which posts a member sees depends on their rights in the community only if they may moderate at
  // all. Without, posts are read together with the thread, and dropped if it must not be read.
  private async page(
    viewer: MaybeViewer,
    id: string,
    asked: number | 'last',
  ): Promise<[thread: AccessibleThread, posts: PostRow[], page: number]> {
    if (asked !== 'last' && !mayModerate(viewer)) {
      const [thread, posts] = await Promise.all([
        this.access.load(viewer, id),
        postsFor(this.sql, viewer, id, asked, false, this.clock.now()),
      ]);
      if (asked > lastPageOf(thread)) throw new NotFound();
      return [thread, posts, asked];
    }
    const thread = await this.access.load(viewer, id);
    const last = lastPageOf(thread);
    const page = asked === 'last' ? last : asked;
    if (page > last) throw new NotFound();
    return [
      thread,
      await postsFor(this.sql, viewer, id, page, thread.moderates, this.clock.now()),
      page,
    ];
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
      ...(await referredIn(this.sql, memberId, thread, query, form.values)),
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
}

/** The threads that a page depends on: its own, and those to which posts it refers to moved. */
function threadsOn(id: string, referred: readonly { readonly threadId: string }[]): string[] {
  return [...new Set([id, ...referred.map(({ threadId }) => threadId)])];
}
