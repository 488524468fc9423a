import type { Words } from '../kernel/words.js';
import { authorView, type AuthorRow, type AuthorView } from './author.js';
import { postPath, pageOf } from './post-address.js';
import { EDIT_WINDOW } from './posts.policy.js';

/** One post as the thread page reads it. */
export interface PostRow extends AuthorRow {
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
  opener: boolean;
  blocked: boolean;
  /** The reader asked to be spared it. */
  unwanted: boolean;
  /** The reader wants posts with these notes open. */
  notesOpen: boolean;
  reacted: string[] | null;
}

/** What the reader of the page may do in this thread. */
export interface Reader {
  threadId: string;
  now: Date;
  mayWrite: boolean;
  mayReact: boolean;
  moderates: boolean;
  signedIn: boolean;
  /** Number of a post that the reader asked for in spite of what they are spared. */
  show?: number;
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
  held: string | null;
  bodyHtml: string;
  notes: string | null;
  summary: string;
  edited: string | null;
  parent: { number: number; href: string } | null;
  signs: string[];
  reactions: { kind: string; label: string; name: string; given: boolean }[];
  actions: { reply: string | null; edit: string | null; takeBack: string | null; block: { action: string } | null };
  folded: string | null;
  /** Where the words are not sent, and how to get them all the same. */
  spared: { text: string; href: string } | null;
}

const KINDS = [
  ['same-boat', 'sameBoat'],
  ['with-you', 'withYou'],
  ['thank-you', 'thankYou'],
  ['helped', 'helped'],
] as const;

export function postView(row: PostRow, reader: Reader, words: Words): PostView {
  const author = authorView(row, words);
  const readable = row.status === 'published' || row.status === 'held' || (row.status === 'hidden' && (row.mine || reader.moderates));
  const spared = readable && row.unwanted && reader.show !== row.number;
  const who = { name: author.name, number: row.number };
  const said = signs(row, words);
  const reactions = reader.mayReact && !row.mine && readable ? KINDS.map(([kind]) => ({
    kind,
    label: words.t(`posts.reaction.${kind}.label`),
    name: words.t(`posts.reaction.${kind}.name`, who),
    given: row.reacted?.includes(kind) ?? false,
  })) : [];
  const actions = actionsOf(row, reader, author, readable);
  return {
    id: row.id,
    number: row.number,
    isFirst: row.number === 1,
    threadId: reader.threadId,
    hasFoot: said.length > 0 || reactions.length > 0 || Object.values(actions).some((way) => way !== null),
    author,
    opener: row.opener && row.number > 1,
    when: words.when(row.createdAt),
    iso: row.createdAt.toISOString(),
    exactly: words.exactly(row.createdAt),
    gone: readable ? null : words.t(`posts.gone.${row.status}`),
    held: row.status === 'held' ? words.t('posts.held') : null,
    bodyHtml: readable && !spared ? row.bodyHtml : '',
    notes: row.contentWarnings.length === 0 || row.notesOpen || reader.show === row.number ? null : words.list(row.contentWarnings.map((note) => words.t(`posts.note.${note}`))),
    summary: spared ? '' : row.summary,
    edited: row.editedAt === null ? null : words.t('posts.edited', { when: words.when(row.editedAt) }),
    parent: row.replyTo === null ? null : { number: row.replyTo, href: pageOf(row.replyTo) === pageOf(row.number) ? `#post-${row.replyTo}` : postPath(reader.threadId, row.replyTo) },
    signs: said,
    reactions,
    actions,
    folded: row.blocked ? words.t('posts.blocked') : null,
    spared: spared ? { text: words.t('posts.spared'), href: showPath(reader.threadId, row.number) } : null,
  };
}

function showPath(threadId: string, number: number): string {
  const page = pageOf(number);
  return `/t/${threadId}?${page > 1 ? `page=${page}&` : ''}show=${number}#post-${number}`;
}

function actionsOf(row: PostRow, reader: Reader, author: AuthorView, readable: boolean): PostView['actions'] {
  const others = reader.signedIn && !row.mine && readable && (author.alias || author.profile !== null);
  return {
    reply: reader.mayWrite && readable ? `/t/${reader.threadId}?reply=${row.number}#reply` : null,
    edit: row.mine && mayStillEdit(row, reader.now) ? `/posts/${row.id}/edit` : null,
    takeBack: row.mine && readable ? `/posts/${row.id}/take-back` : null,
    block: others ? { action: author.alias ? `/posts/${row.id}/block` : `/members/${author.name}/block` } : null,
  };
}

function mayStillEdit(row: PostRow, now: Date): boolean {
  return row.status === 'held' || (row.status === 'published' && now.getTime() - row.createdAt.getTime() < EDIT_WINDOW);
}

// Small numbers as words, and no number at all where there is none: no score.
function signs(row: PostRow, words: Words): string[] {
  return KINDS.filter(([, column]) => row[column] > 0).map(([kind, column]) => words.t(`posts.reaction.${kind}.count`, { count: row[column] }));
}
