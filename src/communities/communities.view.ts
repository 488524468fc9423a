import { avatarSvg } from '../accounts/avatar.js';
import type { Translator } from '../i18n/translator.js';
import { presentStaff, type AboutRow, type DirectoryRow } from './communities.queries.js';
import type { AccessibleCommunity } from './community-access.js';
import { fitFacts, fitOf, type FitFact } from './fit-facts.js';
import { hoursInWords, weeklyHoursView, type WeeklyHoursView } from './moderated-hours.js';
import { replyPromiseTexts } from './reply-promise.js';

export interface CommunityCard {
  slug: string;
  name: string;
  summary: string;
  memberWords: string;
  activityWords: string;
  access: string | null;
  facts: FitFact[];
  joined: boolean;
}

export function communityCard(row: DirectoryRow, i18n: Translator): CommunityCard {
  const activity =
    row.today > 0
      ? i18n.t('communities.activity.today', { count: row.today })
      : row.week > 0
        ? i18n.t('communities.activity.week', { count: row.week })
        : row.month > 0
          ? i18n.t('communities.activity.month', { count: row.month })
          : null;
  const fit = fitOf(row);
  return {
    slug: row.slug,
    name: row.name,
    summary: row.summary,
    memberWords: i18n.t('communities.members', { count: row.memberCount }),
    activityWords:
      activity ??
      (row.lastPostAt === null
        ? i18n.t('communities.activity.none')
        : i18n.t('communities.activity.last', { when: i18n.when(row.lastPostAt) })),
    access:
      row.visibility === 'public' ? null : i18n.t(`communities.visibility.${row.visibility}.short`),
    facts: fit === null ? [] : fitFacts(fit, row.hours, i18n),
    joined: row.joined,
  };
}

interface AboutView {
  slug: string;
  name: string;
  summary: string;
  bodyHtml: string;
  memberWords: string;
  access: string;
  hours: string;
  outside: string;
  rules: string[];
  staff: { handle: string; avatar: string; role: { kind: string; label: string } }[];
  welcome: { bodyHtml: string } | null;
  mayWrite: boolean;
  /** Weekly moderated hours; null if none are set. */
  weekly: WeeklyHoursView | null;
  joined: boolean;
  asked: boolean;
  joinQuestion: string | null;
  /** Labels of its difficulties and situations. */
  tags: { href: string; label: string }[];
  facts: FitFact[];
  /** What happens after posting a thread; the usual time to a reply is among the facts. */
  promise: string[];
  orientation: string | null;
  neighbours: { slug: string; name: string; summary: string }[];
  mayVisit: boolean;
  /** End of the viewer's visit. */
  visitUntil: string | null;
  archived: boolean;
  links: { href: string; label: string }[];
}

function accessKey(community: AccessibleCommunity): string {
  if (community.archived) return 'communities.visibility.closed.long';
  return community.searchEnginesSince === null
    ? `communities.visibility.${community.visibility}.long`
    : 'communities.visibility.public.searchable';
}

/**
 * A community's about page.
 * @param facts.now decides whether it is moderated now, and who is taking a break
 */
export function aboutView(
  community: AccessibleCommunity,
  row: AboutRow,
  facts: { now: Date; mayWrite: boolean; moderates: boolean; mayVisit: boolean },
  i18n: Translator,
): AboutView {
  return {
    slug: community.slug,
    name: community.name,
    summary: row.summary,
    bodyHtml: row.purposeHtml,
    memberWords: i18n.t('communities.members', { count: row.memberCount }),
    access: i18n.t(accessKey(community)),
    hours: hoursInWords(i18n, community.hours, facts.now),
    weekly: weeklyHoursView(i18n, community.hours, facts.now),
    outside: community.hours.outside,
    rules: row.rules,
    staff: presentStaff(row, facts.now).map(({ handle, role, seed }) => ({
      handle,
      avatar: avatarSvg(seed),
      role: { kind: role, label: i18n.t(`posts.role.${role}`) },
    })),
    welcome:
      community.role !== null && row.welcomeHtml !== '' ? { bodyHtml: row.welcomeHtml } : null,
    mayWrite: facts.mayWrite,
    joined: community.role !== null,
    asked: row.state === 'asked',
    joinQuestion:
      community.visibility === 'approval'
        ? (row.joinQuestion ?? i18n.t('communities.join.question'))
        : null,
    tags: [
      ...row.difficulties.map((tag) => ({
        href: `/about/${tag}`,
        label: i18n.t(`communities.difficulty.${tag}`),
      })),
      ...row.situations.map((tag) => ({
        href: `/about/${tag}`,
        label: i18n.t(`communities.situation.${tag}`),
      })),
    ],
    facts: fitFacts(row.fit, community.hours, i18n),
    promise: community.archived
      ? []
      : replyPromiseTexts({ ...community.promise, firstReplyMinutes: null }, i18n),
    orientation: row.orientation,
    neighbours: row.neighbours ?? [],
    mayVisit: facts.mayVisit && community.visitUntil === null,
    visitUntil: community.visitUntil === null ? null : i18n.date(community.visitUntil),
    archived: community.archived,
    links: linksOf(community, facts.moderates, i18n),
  };
}

const MODERATORS_PAGES = [
  'requests',
  'edit',
  'prompts',
  'folders',
  'supporters',
  'health',
] as const;

// Only moderators distribute the referral card of a community that is not open to everybody.
function linksOf(
  community: AccessibleCommunity,
  moderates: boolean,
  i18n: Translator,
): { href: string; label: string }[] {
  const link = (page: string): { href: string; label: string } => ({
    href: `/c/${community.slug}/${page}`,
    label: i18n.t(`communities.link.${page}`),
  });
  const card =
    !community.archived &&
    (moderates || community.visibility === 'public' || community.visibility === 'members')
      ? [link('card')]
      : [];
  // A supporter changes their own settings in an archived community too; nobody offers support.
  const supporting =
    community.role === 'supporter' || (community.role === 'member' && !community.archived)
      ? [link('supporting')]
      : [];
  return [...card, ...supporting, ...(moderates ? MODERATORS_PAGES.map(link) : [])];
}
