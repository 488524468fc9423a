import { avatarSvg } from '../accounts/avatar.js';
import type { Translator } from '../i18n/translator.js';

/** The author of a post; the member's columns are null for a post under an alias. */
export interface AuthorRow {
  aliasName: string | null;
  aliasSeed: string | null;
  handle: string | null;
  avatarSeed: string | null;
  /** Role in this community, or of the site. */
  role: 'member' | 'alumni' | 'supporter' | 'professional' | 'moderator' | 'admin' | null;
}

/**
 * The columns of `AuthorRow` for a post: the member's are joined only where the post has no alias
 * and its name was not detached.
 */
export const AUTHOR_COLUMNS = `
  al.name as "aliasName", al.avatar_seed as "aliasSeed", w.handle, w.avatar_seed as "avatarSeed",
  case when w.role <> 'member' then w.role else wm.role end as role`;

export function joinAuthor(p: string, communityId: string): string {
  return `left join thread_aliases al on al.id = ${p}.alias_id and not ${p}.name_detached
    left join members w on w.id = ${p}.author_id
      and ${p}.alias_id is null
      and not ${p}.name_detached
      and w.closed_at is null
    left join memberships wm on wm.member_id = w.id
      and wm.community_id = ${communityId}
      and wm.state = 'active'`;
}

export interface AuthorView {
  name: string;
  avatar: string;
  profile: string | null;
  badge: { kind: string; label: string } | null;
  alias: boolean;
}

const NOBODY_SEED = 'nobody';

export function authorView(row: AuthorRow, i18n: Translator): AuthorView {
  if (row.aliasName !== null) {
    return {
      name: row.aliasName,
      avatar: avatarSvg(row.aliasSeed ?? NOBODY_SEED),
      profile: null,
      badge: { kind: 'alias', label: i18n.t('posts.role.alias') },
      alias: true,
    };
  }
  if (row.handle === null)
    return {
      name: i18n.t('posts.author.gone'),
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
    name: row.handle,
    avatar: avatarSvg(row.avatarSeed ?? row.handle),
    profile: `/@${row.handle}`,
    badge,
    alias: false,
  };
}
