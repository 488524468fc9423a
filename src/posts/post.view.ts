import type { Ending } from '../content/content-notes.js';
import type { Translator } from '../i18n/translator.js';
import { compareTiers } from '../review/review-targets.js';
import {
  careView,
  isShownFirst,
  heldView,
  ownDisclosureReview,
  type CareView,
  type HeldView,
} from './author-card.view.js';
import { authorView, type AuthorRow, type AuthorView } from './author.js';
import { pageNumberOf, postPath, revealPath } from './post-address.js';
import { actionsOf, type PostActions, type Reader } from './post-actions.view.js';
import { quoteView, type QuoteView } from './post-quote.view.js';
import type { DisclosureReviewView } from './disclosure-review.view.js';
import type { PostStateRow, PostStrategiesRow } from './post-columns.js';
import { textLanguage, type TextLanguage } from './text-language.view.js';
import {
  QUICK_REACTION,
  reactionCounts,
  reactionViews,
  type ReactionView,
} from './post-reactions.view.js';
import { abilitiesOf } from './posts.policy.js';

/** One post as the thread page reads it. */
export interface PostRow extends AuthorRow, PostStateRow, PostStrategiesRow {
  id: string;
  number: number;
  bodyHtml: string;
  contentWarnings: string[];
  summary: string;
  ending: Ending;
  language: string | null;
  status: string;
  createdAt: Date;
  editedAt: Date | null;
  replyTo: number | null;
  /** Whether it quotes other posts, or once did. */
  quotes: boolean;
  /** Whether it may have `strategies`. */
  hasStrategies: boolean;
  sameBoat: number;
  withYou: number;
  thankYou: number;
  helped: number;
  mine: boolean;
  /** Help is shown beside it, only to its author. */
  cared: boolean;
  opener: boolean;
  isUpdate: boolean;
  blocked: boolean;
  /** Filtered by the reader's muted words or content notes. */
  unwanted: boolean;
  /** The reader wants posts with these notes uncollapsed. */
  notesOpen: boolean;
  reacted: string[] | null;
}

export interface PostView {
  id: string;
  number: number;
  author: AuthorView;
  isFirst: boolean;
  threadId: string;
  /** The kind of reply that the thread's author asked for, in words; shown on the opening. */
  wish: string;
  hasFoot: boolean;
  /** Whether the reader can act on the post: shows the line of actions below it. */
  hasLine: boolean;
  /** Where forms redirect back to this post. */
  place: string;
  opener: boolean;
  /** The thread's author says how things went. */
  update: boolean;
  when: string;
  iso: string;
  exactly: string;
  gone: string | null;
  /** For a held post: the reason and the time for its author, one line for moderators. */
  held: HeldView | null;
  heldFromOthers: string | null;
  care: CareView | null;
  /** Whether the card is beside the post rather than at the top of the page. */
  careHere: boolean;
  /** Details found in the author's own post, with the text without them. */
  disclosureReview: DisclosureReviewView | null;
  /** Restrictions that moderators set, shown to the author and to moderators. */
  restrictions: string[];
  suggested: string | null;
  bodyHtml: string;
  /** Set if it differs from the language of the page. */
  language: TextLanguage | null;
  quotes: QuoteView[];
  notes: string | null;
  summary: string;
  /** How it ends, in words, if it has content notes. */
  ending: string | null;
  edited: string | null;
  parent: { number: number; href: string } | null;
  /** Number of reactions of each kind, in words. */
  reactionCounts: string[];
  /** The reaction beside "Reply"; the others are collapsed under "More". */
  withYou: ReactionView | null;
  reactions: ReactionView[];
  given: string;
  actions: PostActions;
  folded: string | null;
  /** Strategies linked to the post, and the URL for adding more. */
  strategies: { list: { href: string; name: string }[]; href: string; asked: boolean } | null;
  /** Set if the text is filtered for the reader: the notice, and where to read it anyway. */
  filtered: { text: string; href: string } | null;
}

/** @param wish the kind of reply that the thread's author asked for, in words */
export function postView(row: PostRow, reader: Reader, i18n: Translator, wish = ''): PostView {
  const author = authorView(row, i18n);
  const { member, moderates, archived } = reader;
  const { status, createdAt, mine } = row;
  const facts = { status, createdAt, mine, member, moderates, archived };
  const may = abilitiesOf(reader.viewer, facts, reader.now);
  const filtered = may.read && row.unwanted && reader.show !== row.number;
  const who = { name: author.name, number: row.number };
  const counts = reactionCounts(row, i18n);
  const reactions = may.react ? reactionViews(row, who, i18n) : [];
  const actions = actionsOf(row, reader, author, may);
  const hasLine =
    reactions.length > 0 || Object.values(actions).some((address) => address !== null);
  const held =
    row.mine && reader.cards !== null ? heldView(row, reader.cards, may.edit, i18n) : null;
  const care = row.mine && reader.cards !== null ? careView(row, reader.cards, i18n) : null;
  return {
    id: row.id,
    number: row.number,
    isFirst: row.number === 1,
    threadId: reader.threadId,
    wish,
    hasFoot: hasLine || counts.length > 0,
    hasLine,
    place: postPath(reader.threadId, row.number),
    author,
    opener: row.opener && row.number > 1,
    update: row.opener && row.isUpdate,
    when: i18n.when(row.createdAt),
    iso: row.createdAt.toISOString(),
    exactly: i18n.exactly(row.createdAt),
    gone: may.read ? null : i18n.t(`posts.gone.${row.status}`),
    held,
    heldFromOthers: row.status === 'held' && held === null ? i18n.t('posts.held.others') : null,
    care,
    careHere: care !== null && !isShownFirst(care),
    disclosureReview:
      may.edit && reader.cards !== null ? ownDisclosureReview(row, reader.cards, i18n) : null,
    restrictions: restrictionsOf(row, reader, i18n),
    suggested:
      row.mine && may.read && row.suggestedNotes.length > 0
        ? i18n.t('posts.suggested', { notes: noteList(row.suggestedNotes, i18n) })
        : null,
    bodyHtml: may.read && !filtered ? row.bodyHtml : '',
    language: may.read ? textLanguage(row.language, i18n) : null,
    quotes:
      may.read && !filtered
        ? reader.quotes
            .filter(({ quotedBy }) => quotedBy === row.id)
            .map((quote) => quoteView(quote, i18n))
        : [],
    notes:
      notesOf(row).length === 0 || row.notesOpen || reader.show === row.number
        ? null
        : noteList(notesOf(row), i18n),
    summary: filtered ? '' : row.summary,
    ending: row.ending === '' ? null : i18n.t(`posts.ending.${row.ending}`),
    edited:
      row.editedAt === null ? null : i18n.t('posts.edited', { when: i18n.when(row.editedAt) }),
    parent:
      row.replyTo === null
        ? null
        : {
            number: row.replyTo,
            href:
              pageNumberOf(row.replyTo) === pageNumberOf(row.number)
                ? `#post-${row.replyTo}`
                : postPath(reader.threadId, row.replyTo),
          },
    reactionCounts: counts,
    withYou: reactions.find(({ kind }) => kind === QUICK_REACTION) ?? null,
    given: row.reacted?.join(' ') ?? '',
    reactions: reactions.filter(({ kind }) => kind !== QUICK_REACTION),
    actions,
    folded: row.blocked ? i18n.t('posts.blocked') : isFolded(row) ? careLabel(row, i18n) : null,
    strategies: may.read && !filtered && !row.blocked ? strategiesOf(row) : null,
    filtered: filtered
      ? { text: i18n.t('posts.spared'), href: revealPath(reader.threadId, row.number) }
      : null,
  };
}

/** Whether a post is folded for everybody but its author because it may be hard to read. */
export function isFolded(row: PostRow): boolean {
  return !row.mine && (row.folded || compareTiers(row.tier, 'urgent') >= 0);
}

function careLabel(row: PostRow, i18n: Translator): string {
  const notes = notesOf(row);
  return notes.length === 0
    ? i18n.t('posts.careful')
    : `${i18n.t('posts.careful')} ${i18n.t('posts.about', { notes: noteList(notes, i18n) })}`;
}

function notesOf(row: PostRow): string[] {
  return [...new Set([...row.contentWarnings, ...row.addedNotes])];
}

function noteList(notes: string[], i18n: Translator): string {
  return i18n.list(notes.map((note) => i18n.t(`posts.note.${note}`)));
}

function restrictionsOf(row: PostRow, reader: Reader, i18n: Translator): string[] {
  if (!row.mine && !reader.moderates) return [];
  return [
    ...(row.membersOnly ? [i18n.t('posts.members-only')] : []),
    ...(row.mine && row.folded ? [i18n.t('posts.folded-by-team')] : []),
  ];
}

function strategiesOf(row: PostRow): PostView['strategies'] {
  return {
    list: (row.strategies ?? []).map(({ slug, name }) => ({ href: `/strategies/${slug}`, name })),
    href: `/posts/${row.id}/strategies`,
    asked: row.strategyAsked,
  };
}
