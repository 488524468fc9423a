import { avatarSvg } from '../accounts/avatar.js';
import type { Translator } from '../i18n/translator.js';

/** The name of a post's author; the handle is null for a post under an alias. */
export interface AuthorNameRow {
  aliasName: string | null;
  handle: string | null;
}

/** The author of a post; the member's columns are null for a post under an alias. */
export interface AuthorRow extends AuthorNameRow {
  aliasSeed: string | null;
  avatarSeed: string | null;
  /** Role in this community, or of the site; null or `member` for members without one. */
  role: 'member' | 'alumni' | 'supporter' | 'professional' | 'moderator' | 'admin' | null;
}

/** The columns of `AuthorNameRow`, after `joinAuthorName` or `joinAuthor`. */
export const AUTHOR_NAME_COLUMNS = `al.name as "aliasName", w.handle`;

/** The columns of `AuthorRow`, after `joinAuthor`. */
export const AUTHOR_COLUMNS = `
  ${AUTHOR_NAME_COLUMNS}, al.avatar_seed as "aliasSeed", w.avatar_seed as "avatarSeed",
  case when w.role <> 'member' then w.role else wm.role end as role`;

/**
 * Joins the author of post `p` by name. The member is joined only if the post has no alias and the
 * name was not detached.
 */
export function joinAuthorName(p: string): string {
  return `left join thread_aliases al on al.id = ${p}.alias_id and not ${p}.name_detached
    left join members w on w.id = ${p}.author_id
      and ${p}.alias_id is null
      and not ${p}.name_detached
      and w.closed_at is null`;
}

/**
 * SQL: who has a role in the community of a row, to be read once for `joinAuthor`: looking the
 * membership of each author up costs more than the rest of the author.
 * @param from SQL: tables that give the row
 * @param community SQL: the id of the community
 */
export function teamOf(from: string, community: string): string {
  return `select tm.member_id, tm.role
    from ${from}
    join memberships tm on tm.community_id = ${community}
      and tm.role <> 'member'
      and tm.state = 'active'`;
}

/**
 * Like `joinAuthorName`, with the author's role in the community.
 * @param team name of the result of `teamOf`
 */
export function joinAuthor(p: string, team: string): string {
  return `${joinAuthorName(p)}
    left join ${team} wm on wm.member_id = w.id`;
}

export interface AuthorView {
  name: string;
  avatar: string;
  profile: string | null;
  badge: { kind: string; label: string } | null;
  alias: boolean;
}

const NOBODY_SEED = 'nobody';

export function authorName(row: AuthorNameRow, i18n: Translator): string {
  return row.aliasName ?? row.handle ?? i18n.t('posts.author.gone');
}

export function authorView(row: AuthorRow, i18n: Translator): AuthorView {
  const name = authorName(row, i18n);
  if (row.aliasName !== null) {
    return {
      name,
      avatar: avatarSvg(row.aliasSeed ?? NOBODY_SEED),
      profile: null,
      badge: { kind: 'alias', label: i18n.t('posts.role.alias') },
      alias: true,
    };
  }
  if (row.handle === null)
    return {
      name,
      avatar: avatarSvg(NOBODY_SEED),
      profile: null,
      badge: null,
      alias: false,
    };
  const badge =
    row.role === null || row.role === 'member'
      ? null
      : { kind: row.role, label: i18n.t(`posts.role.${row.role}`) };
  return {
    name,
    avatar: avatarSvg(row.avatarSeed ?? row.handle),
    profile: `/@${row.handle}`,
    badge,
    alias: false,
  };
}
