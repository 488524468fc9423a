import { bodyHtml } from '../content/markdown.js';
import { mayModerate, type Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { moderatedMemberPath } from '../review/moderated-members.js';
import { avatarSvg } from './avatar.js';
import type { ProfileRow } from './settings.queries.js';

interface ProfileView {
  handle: string;
  avatar: string;
  /** The profile text; null if the viewer may not see it. */
  bodyHtml: string | null;
  since: string | null;
  role: { kind: string; label: string } | null;
  mine: boolean;
  blocked: boolean;
  memorial: boolean;
  /** URL of the moderators' page about the member, for those who may read it. */
  moderation: string | null;
}

/** A profile for this viewer; the queries already omit what they may not see. */
export function profileView(i18n: Translator, viewer: Viewer, row: ProfileRow): ProfileView {
  return {
    handle: row.handle,
    avatar: avatarSvg(row.avatarSeed),
    bodyHtml: row.about === '' ? null : bodyHtml(row.about),
    since: row.createdAt === null ? null : i18n.month(row.createdAt),
    role:
      row.role === 'member' ? null : { kind: row.role, label: i18n.t(`posts.role.${row.role}`) },
    mine: row.id === viewer.memberId,
    blocked: row.blocked,
    memorial: row.memorial,
    moderation: row.moderated && mayModerate(viewer) ? moderatedMemberPath(row.handle) : null,
  };
}
