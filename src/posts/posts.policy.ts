import { isLimited, type MaybeViewer } from '../http/viewer.js';
import { DAY } from '../kernel/clock.js';

/** How long a post can be edited, in milliseconds; after that, replies rely on its text. */
export const EDIT_WINDOW = 7 * DAY;

/** The facts that the policies of a post need. */
export interface PostFacts {
  readonly status: string;
  readonly createdAt: Date;
  /** The viewer wrote it, under an alias or the handle. */
  readonly mine: boolean;
  /** The viewer is a member of its community, or visits it. */
  readonly member: boolean;
  readonly moderates: boolean;
  /** Its community is archived. */
  readonly archived: boolean;
}

/** What a viewer may do with a post; services and views use the same policies. */
export interface PostAbilities {
  /** May read its text; otherwise the page shows that it is gone, or nothing. */
  readonly read: boolean;
  readonly edit: boolean;
  readonly takeBack: boolean;
  readonly react: boolean;
  readonly report: boolean;
  readonly quote: boolean;
}

export function abilitiesOf(viewer: MaybeViewer, post: PostFacts, now: Date): PostAbilities {
  return {
    read: canReadText(post),
    edit: canEdit(viewer, post, now),
    takeBack: canWithdraw(post),
    react: canReact(viewer, post),
    report: viewer !== null && canReport(post) && canReadText(post),
    quote: canQuote(post),
  };
}

/** Held and hidden posts are readable only to author and moderators, withdrawn ones to nobody. */
export function canReadText(post: Pick<PostFacts, 'status' | 'mine' | 'moderates'>): boolean {
  return (
    post.status === 'published' ||
    ((post.status === 'held' || post.status === 'hidden') && (post.mine || post.moderates))
  );
}

export function canEdit(viewer: MaybeViewer, post: PostFacts, now: Date): boolean {
  if (viewer === null || !post.mine || post.archived) return false;
  if (post.status === 'held') return true;
  if (isLimited(viewer)) return false;
  return post.status === 'published' && now.getTime() - post.createdAt.getTime() < EDIT_WINDOW;
}

/**
 * Withdrawing has no deadline. A hidden post cannot be withdrawn while a decision applies to it.
 */
export function canWithdraw(post: Pick<PostFacts, 'status' | 'mine'>): boolean {
  return post.mine && (post.status === 'published' || post.status === 'held');
}

/** The author of an opening can delete the thread's title, even after withdrawing the text. */
export function canDeleteTitle(
  post: Pick<PostFacts, 'status' | 'mine'> & { readonly number: number },
): boolean {
  return post.number === 1 && post.mine && (canWithdraw(post) || post.status === 'withdrawn');
}

export function canReact(viewer: MaybeViewer, post: PostFacts): boolean {
  return (
    viewer !== null &&
    viewer.verified &&
    !isLimited(viewer) &&
    post.member &&
    !post.mine &&
    !post.archived &&
    post.status === 'published'
  );
}

export function canReport(post: Pick<PostFacts, 'mine'>): boolean {
  return !post.mine;
}

/** A block applies to the alias, never to the member behind it. */
export function canBlockAlias(post: Pick<PostFacts, 'mine'> & { aliasId: string | null }): boolean {
  return post.aliasId !== null && !post.mine;
}

/** Only posts that others can read may be quoted. */
export function canQuote(post: Pick<PostFacts, 'status'>): boolean {
  return post.status === 'published';
}

/**
 * Earlier versions may contain a detail that the author removed: everybody sees when a post was
 * edited, but only author and moderators see the texts.
 */
export function canSeePostVersions(post: Pick<PostFacts, 'mine' | 'moderates'>): boolean {
  return post.mine || post.moderates;
}
