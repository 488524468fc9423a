import { avatarSvg } from '../accounts/avatar.js';
import type { Words } from '../kernel/words.js';
import type { AboutRow, DirectoryRow } from './communities.queries.js';
import type { CommunityAccess } from './community-access.js';
import { hoursInWords } from './moderated-hours.js';

export interface CommunityCard {
  slug: string;
  name: string;
  summary: string;
  memberWords: string;
  activityWords: string;
  access: string | null;
  joined: boolean;
}

export function communityCard(row: DirectoryRow, words: Words): CommunityCard {
  const activity = row.today > 0 ? words.t('communities.activity.today', { count: row.today }) : row.week > 0 ? words.t('communities.activity.week', { count: row.week }) : null;
  return {
    slug: row.slug,
    name: row.name,
    summary: row.summary,
    memberWords: words.t('communities.members', { count: row.memberCount }),
    activityWords: activity ?? (row.lastPostAt === null ? words.t('communities.activity.none') : words.t('communities.activity.last', { when: words.when(row.lastPostAt) })),
    access: row.visibility === 'public' ? null : words.t(`communities.visibility.${row.visibility}.short`),
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
  archived: boolean;
  moderates: boolean;
}

/** @param now for the hours */
export function aboutView(community: CommunityAccess, row: AboutRow, facts: { now: Date; mayWrite: boolean; moderates: boolean }, words: Words): AboutView {
  return {
    slug: community.slug,
    name: community.name,
    summary: row.summary,
    bodyHtml: row.purposeHtml,
    memberWords: words.t('communities.members', { count: row.memberCount }),
    access: words.t(`communities.visibility.${community.visibility}.long`),
    hours: hoursInWords(words, community.hours, facts.now),
    outside: community.hours.outside,
    moderated: community.hours.weekly.length > 0,
    rules: row.rules,
    staff: (row.staff ?? []).map(({ handle, role, seed }) => ({ handle, avatar: avatarSvg(seed), role: { kind: role, label: words.t(`posts.role.${role}`) } })),
    welcome: community.role !== null && row.welcomeHtml !== '' ? { bodyHtml: row.welcomeHtml } : null,
    mayWrite: facts.mayWrite,
    joined: community.role !== null,
    asked: row.state === 'asked',
    joinQuestion: community.visibility === 'approval' ? (row.joinQuestion ?? words.t('communities.join.question')) : null,
    archived: community.archived,
    moderates: facts.moderates,
  };
}
