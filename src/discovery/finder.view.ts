import { fitFacts, fitOf, type Fact } from '../communities/fit-facts.js';
import type { Translator } from '../i18n/translator.js';
import type { Match, Reason } from './ranking.js';

export interface MatchView {
  slug: string;
  name: string;
  summary: string;
  reasons: string[];
  facts: Fact[];
  access: string;
  memberWords: string;
  activityWords: string;
}

export function matchView({ community, reasons }: Match, i18n: Translator): MatchView {
  return {
    slug: community.slug,
    name: community.name,
    summary: community.summary,
    reasons: reasons.map((reason) => sentence(reason, i18n)),
    facts: fitFacts(fitOf(community), community.hours, i18n),
    access: i18n.t(`communities.open.${community.visibility}`),
    memberWords: i18n.t('communities.members', { count: community.memberCount }),
    activityWords:
      community.lastPostAt === null
        ? i18n.t('communities.activity.none')
        : i18n.t('communities.activity.last', { when: i18n.when(community.lastPostAt) }),
  };
}

export interface ResourceCard {
  name: string;
  summary: string;
  url: string;
  host: string;
}

export function resourceCard(row: Pick<ResourceCard, 'name' | 'summary' | 'url'>): ResourceCard {
  const { name, summary, url } = row;
  return { name, summary, url, host: new URL(url).hostname.replace(/^www\./, '') };
}

function sentence({ kind, what }: Reason, i18n: Translator): string {
  if (kind === 'difficulty' || kind === 'situation')
    return i18n.t(`finding.reason.${kind}`, { what: i18n.t(`communities.${kind}.${what}`) });
  if (kind === 'need') return i18n.t(`finding.reason.need.${what}`);
  return i18n.t(`finding.reason.${kind}`, { what });
}
