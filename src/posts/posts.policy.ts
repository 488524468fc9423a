import { isLimited, type MaybeViewer } from '../http/viewer.js';
import { DAY } from '../kernel/clock.js';

/** Long enough for second thoughts; after it, others have built on the words. */
export const EDIT_WINDOW = 7 * DAY;

/** The facts that the rules about one post need; services and views bring the same ones. */
export interface PostFacts {
  readonly status: string;
  readonly createdAt: Date;
  /** The viewer wrote it, under whatever name. */
  readonly mine: boolean;
  /** The viewer is a member of its community, or visits it. */
  readonly member: boolean;
  readonly moderates: boolean;
  /** Its community is archived. */
  readonly archived: boolean;
}

/** What a viewer may do with one post: services refuse and views draw by the same rules. */
export interface PostAbilities {
  /** Read its text; otherwise the page says only that it is gone, or nothing. */
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
    takeBack: canTakeBack(post),
    react: canReact(viewer, post),
    report: viewer !== null && canReport(post) && canReadText(post),
    quote: canQuote(post),
  };
}

/** A held or hidden post is its author's and the moderators' alone; a gone one is nobody's. */
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

/** Regret has no deadline. A hidden post stays as it is while a decision about it stands. */
export function canTakeBack(post: Pick<PostFacts, 'status' | 'mine'>): boolean {
  return post.mine && (post.status === 'published' || post.status === 'held');
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

/** An alias is blocked as itself, never the member behind it. */
export function canBlockAlias(post: Pick<PostFacts, 'mine'> & { aliasId: string | null }): boolean {
  return post.aliasId !== null && !post.mine;
}

/** What others do not see is not carried into a post that they see. */
export function canQuote(post: Pick<PostFacts, 'status'>): boolean {
  return post.status === 'published';
}

/**
 * Earlier wordings may hold a detail that its author took out: everybody sees when, author and
 * moderators see what.
 */
export function canSeePostVersions(post: Pick<PostFacts, 'mine' | 'moderates'>): boolean {
  return post.mine || post.moderates;
}
