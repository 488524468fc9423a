import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { compareTiers } from '../review/review-targets.js';
import {
  careView,
  heldView,
  ownLook,
  type CardFacts,
  type CareView,
  type HeldView,
} from './author-card.view.js';
import { authorView, type AuthorRow, type AuthorView } from './author.js';
import { postPath, pageOf } from './post-address.js';
import type { DisclosureReviewView } from './disclosure-review.view.js';
import type { PostStateRow, PostStrategiesRow } from './post-columns.js';
import { abilitiesOf, type PostAbilities } from './posts.policy.js';

/** One post as the thread page reads it. */
export interface PostRow extends AuthorRow, PostStateRow, PostStrategiesRow {
  id: string;
  number: number;
  bodyHtml: string;
  contentWarnings: string[];
  summary: string;
  status: string;
  createdAt: Date;
  editedAt: Date | null;
  replyTo: number | null;
  sameBoat: number;
  withYou: number;
  thankYou: number;
  helped: number;
  mine: boolean;
  /** Help stays beside it, for its author alone. */
  cared: boolean;
  opener: boolean;
  blocked: boolean;
  /** The reader asked to be spared it. */
  unwanted: boolean;
  /** The reader wants posts with these notes open. */
  notesOpen: boolean;
  reacted: string[] | null;
}

/** The reader of a thread page, and what the rules need of their place in it. */
export interface Reader {
  threadId: string;
  viewer: MaybeViewer;
  now: Date;
  /** May reply in the thread. */
  mayWrite: boolean;
  /** A member of the community, or a visitor. */
  member: boolean;
  moderates: boolean;
  archived: boolean;
  /** Number of a post that the reader asked for in spite of what they are spared. */
  show?: number;
  /** What the reader is told about their own posts; null where there is nothing to tell. */
  cards: CardFacts | null;
}

export interface PostView {
  id: string;
  number: number;
  author: AuthorView;
  isFirst: boolean;
  threadId: string;
  hasFoot: boolean;
  opener: boolean;
  when: string;
  iso: string;
  exactly: string;
  gone: string | null;
  /** Held: for its author with the reason and the clock, for moderators with one line. */
  held: HeldView | null;
  heldFromOthers: string | null;
  care: CareView | null;
  /** Details in one's own words, and how they would read without. */
  look: DisclosureReviewView | null;
  /** What moderators did to it, told to whoever it concerns. */
  standing: string[];
  suggested: string | null;
  bodyHtml: string;
  notes: string | null;
  summary: string;
  edited: string | null;
  parent: { number: number; href: string } | null;
  signs: string[];
  reactions: { kind: string; label: string; name: string; given: boolean }[];
  actions: {
    reply: string | null;
    edit: string | null;
    takeBack: string | null;
    block: { action: string } | null;
    report: string | null;
  };
  folded: string | null;
  /** Strategies it tells of, and the way to all that may fit. */
  strategies: { list: { href: string; name: string }[]; href: string; asked: boolean } | null;
  /** Where the words are not sent, and how to get them all the same. */
  spared: { text: string; href: string } | null;
}

const KINDS = [
  ['same-boat', 'sameBoat'],
  ['with-you', 'withYou'],
  ['thank-you', 'thankYou'],
  ['helped', 'helped'],
] as const;

export function postView(row: PostRow, reader: Reader, i18n: Translator): PostView {
  const author = authorView(row, i18n);
  const { member, moderates, archived } = reader;
  const may = abilitiesOf(reader.viewer, { ...row, member, moderates, archived }, reader.now);
  const readable = may.read;
  const spared = readable && row.unwanted && reader.show !== row.number;
  const who = { name: author.name, number: row.number };
  const said = signs(row, i18n);
  const reactions = may.react
    ? KINDS.map(([kind]) => ({
        kind,
        label: i18n.t(`posts.reaction.${kind}.label`),
        name: i18n.t(`posts.reaction.${kind}.name`, who),
        given: row.reacted?.includes(kind) ?? false,
      }))
    : [];
  const actions = actionsOf(row, reader, author, may);
  const held =
    row.mine && reader.cards !== null ? heldView(row, reader.cards, may.edit, i18n) : null;
  return {
    id: row.id,
    number: row.number,
    isFirst: row.number === 1,
    threadId: reader.threadId,
    hasFoot:
      said.length > 0 || reactions.length > 0 || Object.values(actions).some((way) => way !== null),
    author,
    opener: row.opener && row.number > 1,
    when: i18n.when(row.createdAt),
    iso: row.createdAt.toISOString(),
    exactly: i18n.exactly(row.createdAt),
    gone: readable ? null : i18n.t(`posts.gone.${row.status}`),
    held,
    heldFromOthers: row.status === 'held' && held === null ? i18n.t('posts.held.others') : null,
    care: row.mine && reader.cards !== null ? careView(row, reader.cards, i18n) : null,
    look: may.edit && reader.cards !== null ? ownLook(row, reader.cards, i18n) : null,
    standing: standingOf(row, reader, i18n),
    suggested:
      row.mine && readable && row.suggestedNotes.length > 0
        ? i18n.t('posts.suggested', { notes: noteList(row.suggestedNotes, i18n) })
        : null,
    bodyHtml: readable && !spared ? row.bodyHtml : '',
    notes:
      notesOf(row).length === 0 || row.notesOpen || reader.show === row.number
        ? null
        : noteList(notesOf(row), i18n),
    summary: spared ? '' : row.summary,
    edited:
      row.editedAt === null ? null : i18n.t('posts.edited', { when: i18n.when(row.editedAt) }),
    parent:
      row.replyTo === null
        ? null
        : {
            number: row.replyTo,
            href:
              pageOf(row.replyTo) === pageOf(row.number)
                ? `#post-${row.replyTo}`
                : postPath(reader.threadId, row.replyTo),
          },
    signs: said,
    reactions,
    actions,
    folded: row.blocked ? i18n.t('posts.blocked') : needsCare(row) ? carefully(row, i18n) : null,
    strategies: readable && !spared && !row.blocked ? strategiesOf(row) : null,
    spared: spared
      ? { text: i18n.t('posts.spared'), href: showPath(reader.threadId, row.number) }
      : null,
  };
}

/** Folded for everybody but its author: what is hard to read is opened, never met by surprise. */
export function needsCare(row: PostRow): boolean {
  return !row.mine && (row.folded || compareTiers(row.tier, 'urgent') >= 0);
}

function carefully(row: PostRow, i18n: Translator): string {
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

function standingOf(row: PostRow, reader: Reader, i18n: Translator): string[] {
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

function showPath(threadId: string, number: number): string {
  const page = pageOf(number);
  return `/t/${threadId}?${page > 1 ? `page=${page}&` : ''}show=${number}#post-${number}`;
}

function actionsOf(
  row: PostRow,
  reader: Reader,
  author: AuthorView,
  may: PostAbilities,
): PostView['actions'] {
  const others =
    reader.viewer !== null && !row.mine && may.read && (author.alias || author.profile !== null);
  return {
    reply: reader.mayWrite && may.read ? `/t/${reader.threadId}?reply=${row.number}#reply` : null,
    edit: may.edit ? `/posts/${row.id}/edit` : null,
    takeBack: may.takeBack ? `/posts/${row.id}/take-back` : null,
    report: may.report ? `/posts/${row.id}/report` : null,
    block: others
      ? { action: author.alias ? `/posts/${row.id}/block` : `/members/${author.name}/block` }
      : null,
  };
}

// Small numbers as words, and no number at all where there is none: no score.
function signs(row: PostRow, i18n: Translator): string[] {
  return KINDS.filter(([, column]) => row[column] > 0).map(([kind, column]) =>
    i18n.t(`posts.reaction.${kind}.count`, { count: row[column] }),
  );
}
