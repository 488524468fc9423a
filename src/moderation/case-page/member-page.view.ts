import type { FormView } from '../../http/form-page.js';
import { capital } from '../../i18n/capital.js';
import type { Translator } from '../../i18n/translator.js';
import { ruleWords } from '../core/rule-labels.js';
import { moderatedMemberPath } from '../../review/moderated-members.js';
import type { FoundMember, MemberDecisionRow } from './member-page.queries.js';
import { MEMBERS_FOUND, type MemberRecord } from './moderated-members.service.js';

export interface MemberPageView {
  handle: string;
  reviewed: boolean;
  profile: string;
  since: string;
  role: string | null;
  communities: string | null;
  /** Whether the account is paused, and until when. */
  standing: string;
  decisions: { href: string; text: string; rule: string | null; when: string; reversed: boolean }[];
  notes: { body: string; who: string | null; when: string }[];
  form: FormView;
}

export interface MemberSearchView {
  tabs: { members: true };
  /** The handle prefix as entered. */
  q: string;
  members: { handle: string; href: string; role: string | null; since: string }[];
  more: boolean;
}

/** @param rows up to one more than the page shows; the extra row only signals a further page */
export function memberSearchView(
  prefix: string,
  rows: readonly FoundMember[],
  i18n: Translator,
): MemberSearchView {
  return {
    tabs: { members: true },
    q: prefix,
    members: rows.slice(0, MEMBERS_FOUND).map(({ handle, role, createdAt }) => ({
      handle,
      href: moderatedMemberPath(handle),
      role: roleLabel(role, i18n),
      since: sinceWords(createdAt, i18n),
    })),
    more: rows.length > MEMBERS_FOUND,
  };
}

function roleLabel(role: string, i18n: Translator): string | null {
  return role === 'member' ? null : i18n.t(`posts.role.${role}`);
}

function sinceWords(createdAt: Date, i18n: Translator): string {
  return i18n.t('moderation.author.since', { when: i18n.month(createdAt) });
}

export function memberPageView(
  { member, decisions, notes, now }: MemberRecord,
  form: FormView,
  i18n: Translator,
): MemberPageView {
  return {
    handle: member.handle,
    reviewed: member.reviewed,
    profile: `/@${member.handle}`,
    since: capital(sinceWords(member.createdAt, i18n)),
    role: roleLabel(member.role, i18n),
    communities: member.communities === null ? null : i18n.list(member.communities),
    standing: pauseText(decisions, now, i18n),
    decisions: decisions.map((one) => ({
      href: `/mod/cases/${one.caseId}`,
      text: i18n.t(`moderation.done.${one.action}`),
      rule: ruleWords(one.rule, i18n),
      when: i18n.when(one.at),
      reversed: one.reversed,
    })),
    notes: notes.map((note) => ({ body: note.body, who: note.who, when: i18n.when(note.at) })),
    form,
  };
}

// Derived from the decisions under the handle, not from the account, so that a pause for a post
// under an alias is not revealed here.
function pauseText(decisions: readonly MemberDecisionRow[], now: Date, i18n: Translator): string {
  const pause = decisions.find(
    (one) =>
      one.action === 'suspend' &&
      !one.reversed &&
      (one.forever || (one.endsAt !== null && one.endsAt > now)),
  );
  if (pause === undefined) return i18n.t('moderation.member.open');
  return pause.endsAt === null
    ? i18n.t('moderation.member.forever')
    : i18n.t('moderation.member.until', { when: i18n.deadline(pause.endsAt) });
}
