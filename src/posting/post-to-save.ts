import type { NewPostWords } from '../posts/post.dto.js';
import type { SubmissionResult } from '../posts/submission.js';

/** A post that has passed every rule and can be saved. */
export interface PostToSave {
  readonly threadId: string;
  readonly communityId: string;
  readonly authorId: string;
  readonly form: Pick<NewPostWords, 'body' | 'contentWarnings' | 'summary'> &
    Partial<
      Pick<NewPostWords, 'anonymous' | 'draftVersion' | 'ending' | 'idempotencyKey' | 'language'>
    >;
  /** The author's existing alias in the thread; null if there is none. */
  readonly aliasName: string | null;
  /** Id of the alias that the author chose, null for the handle; omitted without a choice. */
  readonly aliasId?: string | null | undefined;
  /** Id of the post that it replies to. */
  readonly replyTo?: string;
  /** Ids of the posts in the thread that it quotes. */
  readonly quotes?: readonly string[];
  /** Slugs of the strategies that it links to. */
  readonly strategies?: readonly string[];
  /** The thread's author says how things went. */
  readonly update?: boolean;
  /** Null for the team's own posts, which are not checked. */
  readonly result: SubmissionResult | null;
  /** Place of the draft, deleted if the form saved or showed it; null if there is none. */
  readonly draftPlace: string | null;
  /** Whether forms in other windows saved drafts in that place. */
  readonly otherDrafts?: boolean;
  /** Whether the author follows the thread from now on. */
  readonly follows: boolean;
  /** Whether the author may post in a locked thread. */
  readonly moderates: boolean;
}

/** Whether nothing else is saved with a post in an existing thread: no alias, mention or case. */
export function isAlone({
  form,
  aliasName,
  aliasId,
  quotes,
  strategies,
  result,
}: PostToSave): boolean {
  return (
    form.anonymous !== true &&
    aliasName === null &&
    (aliasId ?? null) === null &&
    !form.body.includes('@') &&
    (quotes ?? []).length === 0 &&
    (strategies ?? []).length === 0 &&
    result?.reasons.length === 0
  );
}

/** Whether a post that is alone is a reply with nothing that few replies have. */
export function isPlain({ replyTo, update, otherDrafts }: PostToSave): boolean {
  return (replyTo ?? '') === '' && update !== true && otherDrafts !== true;
}
