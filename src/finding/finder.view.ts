import { fitFacts, fitOf, type Fact } from '../communities/fit-facts.js';
import type { Words } from '../kernel/words.js';
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

export function matchView({ community, reasons }: Match, words: Words): MatchView {
  return {
    slug: community.slug,
    name: community.name,
    summary: community.summary,
    reasons: reasons.map((reason) => sentence(reason, words)),
    facts: fitFacts(fitOf(community), community.hours, words),
    access: words.t(`communities.open.${community.visibility}`),
    memberWords: words.t('communities.members', { count: community.memberCount }),
    activityWords:
      community.lastPostAt === null
        ? words.t('communities.activity.none')
        : words.t('communities.activity.last', { when: words.when(community.lastPostAt) }),
  };
}

function sentence({ kind, what }: Reason, words: Words): string {
  if (kind === 'difficulty' || kind === 'situation')
    return words.t(`finding.reason.${kind}`, { what: words.t(`communities.${kind}.${what}`) });
  if (kind === 'need') return words.t(`finding.reason.need.${what}`);
  return words.t(`finding.reason.${kind}`, { what });
}
