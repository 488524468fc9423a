import type { MaybeViewer } from '../http/viewer.js';
import type { CardFacts } from './author-card.view.js';
import type { AuthorView } from './author.js';
import { MAX_QUOTES, quotePath, replyPath } from './post-address.js';
import type { QuoteRow } from './post-quotes.queries.js';
import type { PostAbilities } from './posts.policy.js';

/** The reader of a thread page, with what the policies need to know of them. */
export interface Reader {
  threadId: string;
  viewer: MaybeViewer;
  now: Date;
  /** Whether the reader may reply in the thread. */
  mayWrite: boolean;
  /** A member of the community, or a visitor. */
  member: boolean;
  moderates: boolean;
  archived: boolean;
  /** Page number within the thread. */
  page: number;
  /** Numbers of the posts selected for quoting so far. */
  quoting: readonly number[];
  /** Quotations in the posts of the page. */
  quotes: readonly QuoteRow[];
  /** Number of a post that the reader opened although it is filtered for them. */
  show?: number;
  /** Data of the cards above the reader's own posts; null if no card is needed. */
  cards: CardFacts | null;
}

/** The URL of each action on a post; null if the reader may not perform it. */
export interface PostActions {
  reply: string | null;
  quote: string | null;
  edit: string | null;
  takeBack: string | null;
  /** Hides the author's posts, or shows them again if `undo` is set. */
  block: { action: string; undo: boolean } | null;
  report: string | null;
}

export function actionsOf(
  row: { id: string; number: number; mine: boolean; blocked: boolean },
  reader: Reader,
  author: AuthorView,
  may: PostAbilities,
): PostActions {
  const others =
    reader.viewer !== null && !row.mine && may.read && (author.alias || author.profile !== null);
  return {
    reply: reader.mayWrite && may.read ? replyPath(reader.threadId, reader.page, row.number) : null,
    quote: reader.mayWrite && may.quote && !row.blocked ? quoteAddress(row, reader) : null,
    edit: may.edit ? `/posts/${row.id}/edit` : null,
    takeBack: may.takeBack ? `/posts/${row.id}/take-back` : null,
    report: may.report ? `/posts/${row.id}/report` : null,
    block: others ? blockAction(row, author) : null,
  };
}

// An alias is blocked through one of its posts, a member through their handle.
function blockAction(
  row: { readonly id: string; readonly blocked: boolean },
  author: AuthorView,
): PostActions['block'] {
  const place = author.alias ? `/posts/${row.id}` : `/members/${author.name}`;
  return { action: `${place}/${row.blocked ? 'unblock' : 'block'}`, undo: row.blocked };
}

// Posts that are already selected stay selected.
function quoteAddress(
  { number }: { number: number },
  { threadId, page, quoting }: Reader,
): string | null {
  const numbers = [...new Set([...quoting, number])];
  return numbers.length > MAX_QUOTES ? null : quotePath(threadId, page, numbers);
}
