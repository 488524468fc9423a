import { avatarSvg } from '../accounts/avatar.js';
import type { Words } from '../kernel/words.js';
import type { AboutRow, DirectoryRow } from './communities.queries.js';
import type { CommunityAccess } from './community-access.js';
import { fitFacts, fitOf, type Fact } from './fit-facts.js';
import { hoursInWords } from './moderated-hours.js';

export interface CommunityCard {
  slug: string;
  name: string;
  summary: string;
  memberWords: string;
  activityWords: string;
  access: string | null;
  facts: Fact[];
  joined: boolean;
}

export function communityCard(row: DirectoryRow, words: Words): CommunityCard {
  const activity =
    row.today > 0
      ? words.t('communities.activity.today', { count: row.today })
      : row.week > 0
        ? words.t('communities.activity.week', { count: row.week })
        : row.month > 0
          ? words.t('communities.activity.month', { count: row.month })
          : null;
  const fit = fitOf(row);
  return {
    slug: row.slug,
    name: row.name,
    summary: row.summary,
    memberWords: words.t('communities.members', { count: row.memberCount }),
    activityWords:
      activity ??
      (row.lastPostAt === null
        ? words.t('communities.activity.none')
        : words.t('communities.activity.last', { when: words.when(row.lastPostAt) })),
    access:
      row.visibility === 'public'
        ? null
        : words.t(`communities.visibility.${row.visibility}.short`),
    facts: fit === null ? [] : fitFacts(fit, row.hours, words),
    joined: row.joined,
  };
}

export interface AboutView {
  slug: string;
  name: string;
  summary: string;
  bodyHtml: string;
  memberWords: string;
  access: string;
  hours: string;
  outside: string;
  moderated: boolean;
  rules: string[];
  staff: { handle: string; avatar: string; role: { kind: string; label: string } }[];
  welcome: { bodyHtml: string } | null;
  mayWrite: boolean;
  joined: boolean;
  asked: boolean;
  joinQuestion: string | null;
  /** What it is found by, as words. */
  tags: string[];
  facts: Fact[];
  orientation: string | null;
  neighbours: { slug: string; name: string; summary: string }[];
  mayVisit: boolean;
  /** Until when the viewer visits. */
  visitUntil: string | null;
  archived: boolean;
  moderates: boolean;
  links: { href: string; label: string }[];
}

/** @param now for the hours */
export function aboutView(
  community: CommunityAccess,
  row: AboutRow,
  facts: { now: Date; mayWrite: boolean; moderates: boolean; mayVisit: boolean },
  words: Words,
): AboutView {
  return {
    slug: community.slug,
    name: community.name,
    summary: row.summary,
    bodyHtml: row.purposeHtml,
    memberWords: words.t('communities.members', { count: row.memberCount }),
    access: words.t(
      community.searchEnginesSince === null
        ? `communities.visibility.${community.visibility}.long`
        : 'communities.visibility.public.searchable',
    ),
    hours: hoursInWords(words, community.hours, facts.now),
    outside: community.hours.outside,
    moderated: community.hours.weekly.length > 0,
    rules: row.rules,
    staff: (row.staff ?? []).map(({ handle, role, seed }) => ({
      handle,
      avatar: avatarSvg(seed),
      role: { kind: role, label: words.t(`posts.role.${role}`) },
    })),
    welcome:
      community.role !== null && row.welcomeHtml !== '' ? { bodyHtml: row.welcomeHtml } : null,
    mayWrite: facts.mayWrite,
    joined: community.role !== null,
    asked: row.state === 'asked',
    joinQuestion:
      community.visibility === 'approval'
        ? (row.joinQuestion ?? words.t('communities.join.question'))
        : null,
    tags: [
      ...row.difficulties.map((tag) => words.t(`communities.difficulty.${tag}`)),
      ...row.situations.map((tag) => words.t(`communities.situation.${tag}`)),
    ],
    facts: fitFacts(row.fit, community.hours, words),
    orientation: row.orientation,
    neighbours: row.neighbours ?? [],
    mayVisit: facts.mayVisit && community.visitUntil === null,
    visitUntil: community.visitUntil === null ? null : words.date(community.visitUntil),
    archived: community.archived,
    moderates: facts.moderates,
    links: linksOf(community, facts.moderates, words),
  };
}

const MODERATORS_PAGES = ['requests', 'edit', 'prompts', 'supporters', 'health'] as const;

// The card of what is not for everybody is handed out by its moderators.
function linksOf(
  community: CommunityAccess,
  moderates: boolean,
  words: Words,
): { href: string; label: string }[] {
  const link = (page: string): { href: string; label: string } => ({
    href: `/c/${community.slug}/${page}`,
    label: words.t(`communities.link.${page}`),
  });
  const card =
    moderates || community.visibility === 'public' || community.visibility === 'members'
      ? [link('card')]
      : [];
  return [
    ...card,
    ...(community.role === 'member' || community.role === 'supporter' ? [link('supporting')] : []),
    ...(moderates ? MODERATORS_PAGES.map(link) : []),
  ];
}
