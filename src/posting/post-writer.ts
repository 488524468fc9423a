import { Injectable } from '@nestjs/common';
import { Acknowledgements } from '../communities/acknowledgements.js';
import { mustAcknowledge } from '../communities/community-access.js';
import { bodyHtml } from '../content/markdown.js';
import { languageOf } from '../content/text-language.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database, isDuplicate, type Tx } from '../kernel/database.js';
import { AppError, FieldError, Forbidden } from '../kernel/errors.js';
import { executeIn, Sql } from '../kernel/sql.js';
import { Aliases } from '../posts/aliases.js';
import { RelaySignal } from '../outbox/relay-signal.js';
import { statusOf } from '../posts/hold-policy.js';
import type { NewPostWords } from '../posts/post.dto.js';
import { linkedHandles, PostMentions, type MentionedMember } from '../posts/post-mentions.js';
import { PostQuotes } from '../posts/post-quotes.js';
import { StrategyTags } from '../posts/strategy-tags.js';
import { SubmissionCheck } from '../posts/submission-check.service.js';
import type { SubmissionResult } from '../posts/submission.js';
import { isAlone, isPlain, type PostToSave } from './post-to-save.js';
import {
  insertPlainReply,
  insertPost,
  findSubmittedBefore,
  type InsertPlainReply,
  type PostedPost,
  type SubmittedPost,
} from './post-writer.queries.js';
import { ALREADY_SUBMITTED } from './sent-before.js';

export type { PostedPost } from './post-writer.queries.js';

/** Whether a form that arrived again is the one that created this post. */
export type IsSame = (post: SubmittedPost) => boolean;

/** The facts about a thread or community that the rules for every new post need. */
export interface PostDestination {
  readonly guidelinesVersion: number;
  /** The newest version of the guidelines that the author acknowledged; null if none. */
  readonly acknowledgedVersion: number | null;
  readonly communityId: string;
  readonly aliasesAllowed: boolean;
  /** The author's existing alias in the thread; null if there is none. */
  readonly aliasName: string | null;
}

/**
 * Saves every new post, whether it opens a thread, replies or comes from the team: guidelines,
 * alias, idempotency, draft, follow, review case and outbox event in one transaction.
 */
@Injectable()
export class PostWriter {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly aliases: Aliases,
    private readonly acknowledgements: Acknowledgements,
    private readonly check: SubmissionCheck,
    private readonly tags: StrategyTags,
    private readonly quotes: PostQuotes,
    private readonly mentions: PostMentions,
    private readonly signal: RelaySignal,
  ) {}

  /**
   * Checks the text and runs `write` in a transaction, after the rules that every form shares. A
   * form that was submitted before returns the post that it created, even if it would be rejected
   * now.
   * @param isSame whether the post found under the idempotency key has the same kind, thread and
   *   text
   * @param check reads and screens, before the transaction
   * @param alone the post, if `write` would only insert it: if nothing else is saved with it, a
   *   single statement replaces the transaction
   * @throws FieldError if the guidelines are not acknowledged, an alias is not allowed, or the form
   *   was submitted before with another text (after going back)
   */
  async submit(
    viewer: Viewer,
    place: PostDestination,
    form: NewPostWords,
    isSame: IsSame,
    check: () => Promise<SubmissionResult>,
    write: (tx: Tx, result: SubmissionResult) => Promise<PostedPost>,
    alone?: (result: SubmissionResult) => PostToSave | null,
  ): Promise<PostedPost> {
    const acknowledges = mustAcknowledge(place);
    try {
      if (acknowledges && !form.guidelinesAcknowledged)
        throw new FieldError('guidelinesAcknowledged', 'threads.error.guidelines');
      if (form.anonymous && !place.aliasesAllowed && place.aliasName === null)
        throw new FieldError('anonymous', 'posts.error.no-aliases');
      const result = await check();
      const post = acknowledges ? null : (alone?.(result) ?? null);
      if (post !== null && isAlone(post)) return await this.storeAlone(post);
      return await this.database.inTransaction(async (tx) => {
        if (acknowledges)
          await this.acknowledgements.record(
            tx,
            viewer.memberId,
            place.communityId,
            place.guidelinesVersion,
          );
        return write(tx, result);
      });
    } catch (error) {
      const isKeyUsed = isDuplicate(error, 'posts_idempotency');
      const refused = error instanceof AppError || isKeyUsed;
      const before = refused ? await this.findSubmittedBefore(viewer, form, isSame) : null;
      if (before !== null) return before;
      if (isKeyUsed) throw new FieldError('body', ALREADY_SUBMITTED);
      throw error;
    }
  }

  /** @returns the post that the form created earlier, or null */
  async findSubmittedBefore(
    viewer: Viewer,
    { idempotencyKey }: Pick<NewPostWords, 'idempotencyKey'>,
    isSame: IsSame,
  ): Promise<PostedPost | null> {
    if (idempotencyKey === '') return null;
    const post = await this.sql.first(findSubmittedBefore, {
      viewerId: viewer.memberId,
      idempotencyKey,
    });
    if (post === null || !isSame(post)) return null;
    const { id, threadId, number, held, needsHelp, again } = post;
    return { id, threadId, number, held, needsHelp, again };
  }

  /**
   * Saves a post with its case, quotations, strategies and event. Locks the thread's row, so that
   * numbers are unique.
   * @throws Forbidden if the thread was locked meanwhile
   */
  async insert(tx: Tx, post: PostToSave): Promise<PostedPost> {
    const { communityId, authorId, form, result } = post;
    const aliasId = await this.aliasOf(tx, post);
    const text = { communityId, authorId, aliasId, body: form.body };
    const mentioned = await this.mentions.find(tx, text);
    const stored = await this.store(tx, post, aliasId, mentioned);
    if (result !== null) await this.check.record(tx, { id: stored.id, communityId }, result);
    await this.quotes.record(tx, { ...stored, authorId }, post.quotes ?? []);
    if (mentioned.length > 0) await this.mentions.record(tx, stored.id, mentioned);
    await this.tags.tagOwn(tx, stored.id, post.strategies ?? []);
    if (!stored.held && stored.number === 1) await this.countThread(tx, communityId);
    return stored;
  }

  private async storeAlone(post: PostToSave): Promise<PostedPost> {
    if (!isPlain(post)) return this.store(null, post, null, []);
    const [made] = await this.sql.rows(insertPlainReply, this.valuesOf(post, []));
    this.signal.schedule();
    return posted(made);
  }

  private async store(
    tx: Tx | null,
    post: PostToSave,
    aliasId: string | null,
    mentioned: readonly MentionedMember[],
  ): Promise<PostedPost> {
    const [made] = await this.sql.rowsIn(tx, insertPost, {
      ...this.valuesOf(post, mentioned),
      aliasId,
      answeredPost: post.replyTo === undefined || post.replyTo === '' ? null : post.replyTo,
      update: post.update ?? false,
    });
    return posted(made);
  }

  private valuesOf(post: PostToSave, mentioned: readonly MentionedMember[]): InsertPlainReply {
    const { form, result } = post;
    return {
      threadId: post.threadId,
      authorId: post.authorId,
      body: form.body,
      html: bodyHtml(form.body, linkedHandles(mentioned)),
      notes: form.contentWarnings,
      summary: form.summary,
      ending: form.ending ?? '',
      language: languageIn(post),
      key:
        form.idempotencyKey === undefined || form.idempotencyKey === ''
          ? null
          : form.idempotencyKey,
      now: this.clock.now(),
      moderates: post.moderates,
      follows: post.follows,
      draftPlace: post.draftPlace,
      draftKey: form.idempotencyKey ?? '',
      draftVersion: form.draftVersion ?? 0,
      status: statusOf(result?.hold ?? null),
      tier: result?.named ?? 'none',
      heldFor: result?.hold?.why ?? null,
      heldUntil: result?.hold?.until ?? null,
      suggestedNotes: result?.suggestedNotes ?? [],
    };
  }

  private async aliasOf(tx: Tx, post: PostToSave): Promise<string | null> {
    if (post.aliasId !== undefined) return post.aliasId;
    const wanted = post.form.anonymous === true;
    return wanted || post.aliasName !== null
      ? this.aliases.forReply(tx, post.authorId, post.threadId, wanted)
      : null;
  }

  private async countThread(tx: Tx, communityId: string): Promise<void> {
    await executeIn(
      tx,
      `
        update communities
        set thread_count = thread_count + 1, last_post_at = :now
        where id = :communityId
      `,
      { communityId, now: this.clock.now() },
    );
  }
}

/** @throws Forbidden if the statement found the thread locked */
function posted(made: PostedPost | undefined): PostedPost {
  if (made === undefined) throw new Forbidden('threads.hindrance.locked');
  return made;
}

/** The author's choice, or the language that the check detected. */
function languageIn({ form, result }: PostToSave): string | null {
  if (form.language !== undefined && form.language !== '') return form.language;
  return result === null ? languageOf(form.body, null) : result.language;
}
