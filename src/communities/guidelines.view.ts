import type { Translator } from '../i18n/translator.js';
import type { AccessibleCommunity } from './community-access.js';
import type { GuidelinesRow, PoliciesRow } from './guidelines.queries.js';

interface VersionView {
  rules: string[];
  /** The version number, and since when it applies. */
  since: string;
}

interface GuidelinesView {
  community: { name: string; href: string };
  current: VersionView | null;
  earlier: VersionView[];
  /** What the community's settings mean for authors, one sentence each. */
  policies: string[];
}

/** The page with a community's guidelines, their earlier versions, and how posting works there. */
export function guidelinesView(
  community: AccessibleCommunity,
  versions: readonly GuidelinesRow[],
  row: PoliciesRow,
  i18n: Translator,
): GuidelinesView {
  const [current, ...earlier] = versions.map(({ version, rules, since }) => ({
    rules,
    since: i18n.t('communities.guidelines-page.since', { version, date: i18n.date(since) }),
  }));
  return {
    community: { name: community.name, href: `/c/${community.slug}` },
    current: current ?? null,
    earlier,
    policies: policyTexts(row, i18n),
  };
}

/** @returns one sentence per policy; the last one says what no community has */
export function policyTexts(row: PoliciesRow, i18n: Translator): string[] {
  const held =
    row.preModeration === 'first-posts' && row.firstPostsDays !== null
      ? 'first-posts-or-days'
      : row.preModeration;
  const say = (key: string, params?: Record<string, number>): string =>
    i18n.t(`communities.policy.${key}`, params);
  return [
    ...(row.sensitive ? [say('sensitive')] : []),
    say(`held.${held}`, { count: row.firstPostsCount, days: row.firstPostsDays ?? 0 }),
    say(row.aliasesAllowed ? 'aliases.on' : 'aliases.off'),
    say(row.mentionsAllowed ? 'mentions.on' : 'mentions.off'),
    say(row.visitsAllowed ? 'visits.on' : 'visits.off'),
    say('none'),
  ];
}
