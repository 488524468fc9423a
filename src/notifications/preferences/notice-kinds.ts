import { postPath, updatePath } from '../../posts/post-address.js';

/** The kinds of email that a member can choose; `own` is about the member's private pages. */
export const MAIL_KINDS = ['reply', 'mention', 'follow', 'thread', 'team', 'own'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** The tabs of the inbox. */
export const SECTIONS = ['replies', 'following', 'team', 'own'] as const;
export type Section = (typeof SECTIONS)[number];

/** The target of a notice: a post in a thread, or a row of the table that its kind implies. */
export interface NoticeTarget {
  readonly threadId: string | null;
  readonly number: number | null;
  readonly subjectId: string | null;
}

export interface NoticeKind {
  readonly section: Section;
  readonly mail: MailKind;
  /** The URL path that it links to. */
  path(target: NoticeTarget): string;
}

const toPost = ({ threadId, number }: NoticeTarget): string =>
  threadId === null ? INBOX : postPath(threadId, number ?? 1);
/** The reply form of the member's own thread, ready for an update. */
const toUpdate = ({ threadId }: NoticeTarget): string =>
  threadId === null ? INBOX : updatePath(threadId);
const toSubject =
  (path: string) =>
  ({ subjectId }: NoticeTarget): string =>
    subjectId === null ? INBOX : `${path}/${subjectId}`;
/** The decision if there is one; otherwise the post. */
const toDecision = (target: NoticeTarget): string =>
  target.subjectId === null ? toPost(target) : `/decisions/${target.subjectId}`;
const to = (path: string) => (): string => path;

export const INBOX = '/notifications';

/**
 * Every kind of notice. A new kind is one row here and a text under `notifications.kind` in the
 * messages (`{name}`: the author, for a notice about a post). The `deed` parameter is part of the
 * audit log's URL.
 */
export const NOTICE_KINDS = {
  'reply-to-post': { section: 'replies', mail: 'reply', path: toPost },
  'reply-to-thread': { section: 'replies', mail: 'reply', path: toPost },
  mentioned: { section: 'replies', mail: 'mention', path: toPost },
  'reply-followed': { section: 'following', mail: 'follow', path: toPost },
  'thread-update': { section: 'following', mail: 'follow', path: toPost },
  'thread-new': { section: 'following', mail: 'thread', path: toPost },
  'thread-locked': { section: 'team', mail: 'team', path: toPost },
  'thread-split': { section: 'team', mail: 'team', path: toPost },
  'thread-merged': { section: 'team', mail: 'team', path: toSubject('/t') },
  'post-held': { section: 'team', mail: 'team', path: toPost },
  'mail-kept': { section: 'team', mail: 'team', path: toSubject('/refused-mails') },
  'post-returned': { section: 'team', mail: 'team', path: toDecision },
  'post-published': { section: 'team', mail: 'team', path: toDecision },
  decision: { section: 'team', mail: 'team', path: toSubject('/decisions') },
  'appeal-answered': { section: 'team', mail: 'team', path: toSubject('/decisions') },
  'report-answered': { section: 'team', mail: 'team', path: toSubject('/decisions') },
  'reach-out': { section: 'team', mail: 'team', path: toSubject('/decisions') },
  'strategy-published': { section: 'own', mail: 'own', path: to('/strategies/mine') },
  'strategy-declined': { section: 'own', mail: 'own', path: to('/strategies/mine') },
  'strategy-returned': { section: 'own', mail: 'own', path: to('/strategies/mine') },
  'strategy-for-post': { section: 'own', mail: 'own', path: to('/strategies/mine') },
  'strategy-wished': { section: 'own', mail: 'own', path: to('/strategies/mine') },
  'alias-unmasked': { section: 'team', mail: 'team', path: to('/mod/log?deed=alias.allowed') },
  'helplines-due': { section: 'team', mail: 'team', path: to('/admin/helplines') },
  aftercare: { section: 'team', mail: 'team', path: toSubject('/aftercare') },
  paired: { section: 'team', mail: 'team', path: toSubject('/mod/cases') },
  'look-in': { section: 'team', mail: 'team', path: toSubject('/mod/cases') },
  debrief: {
    section: 'team',
    mail: 'team',
    path: ({ subjectId }) => (subjectId === null ? INBOX : `/mod/cases/${subjectId}/debrief`),
  },
  'on-call': { section: 'team', mail: 'team', path: to('/mod') },
  answered: { section: 'team', mail: 'team', path: toSubject('/answers') },
  'member-request': { section: 'team', mail: 'team', path: to('/mod') },
  'group-request': { section: 'team', mail: 'team', path: toSubject('/find/requests') },
  'asked-to-answer': { section: 'team', mail: 'team', path: toSubject('/asked') },
  'rest-offered': { section: 'own', mail: 'own', path: toSubject('/rests') },
  'how-is-it-now': { section: 'own', mail: 'own', path: toUpdate },
  'first-week': { section: 'own', mail: 'own', path: toSubject('/visits') },
  'look-back': { section: 'own', mail: 'own', path: toSubject('/toolkit/letters') },
  practice: { section: 'own', mail: 'own', path: to('/toolkit') },
  nearer: { section: 'own', mail: 'own', path: to('/toolkit') },
} as const satisfies Record<string, NoticeKind>;
export type NoticeKindName = keyof typeof NOTICE_KINDS;

/**
 * Kinds that have an email of their own, or none: never included in emails about notices, nor in
 * digests.
 */
export const NEVER_MAILED: readonly string[] = ['on-call', 'paired', 'look-in', 'debrief'];

// A row written by a newer version is still shown, with a generic text.
const UNKNOWN: NoticeKind = { section: 'own', mail: 'own', path: to(INBOX) };

export function noticeKind(name: string): NoticeKind {
  return isNoticeKind(name) ? NOTICE_KINDS[name] : UNKNOWN;
}

export function isNoticeKind(name: string): name is NoticeKindName {
  return Object.hasOwn(NOTICE_KINDS, name);
}

/** The kinds of notices of an inbox tab. */
export function kindsOf(section: Section): string[] {
  return Object.entries<NoticeKind>(NOTICE_KINDS)
    .filter(([, kind]) => kind.section === section)
    .map(([name]) => name);
}

/** The kinds of notices that a kind of email covers. */
export function noticeKindsMailedAs(mail: MailKind): string[] {
  return Object.entries<NoticeKind>(NOTICE_KINDS)
    .filter(([, kind]) => kind.mail === mail)
    .map(([name]) => name);
}
