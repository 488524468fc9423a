import { communityCard, type CommunityCard } from '../communities/communities.view.js';
import { capital } from '../i18n/capital.js';
import type { Translator } from '../i18n/translator.js';
import { threadItem, type ThreadItem } from '../threads/thread-list.view.js';
import type { TagFacts } from './tag-page.service.js';

interface TagPageView {
  /** How many people share it, or only that others do. */
  others: string | null;
  communities: CommunityCard[];
  threads: ThreadItem[];
  /** The URL of the directory, for filtering further. */
  browse: string;
  /** External resources about it; null if it is not a difficulty. */
  resources: string | null;
}

export function tagPageView(facts: TagFacts, i18n: Translator): TagPageView {
  const { tag, kind, people } = facts;
  const someone = facts.communities.some(({ lastPostAt }) => lastPostAt !== null);
  return {
    others:
      people !== null
        ? i18n.t('finding.tag.people', { count: people })
        : someone
          ? i18n.t('finding.tag.some')
          : null,
    communities: facts.communities.map((row) => communityCard(row, i18n)),
    threads: facts.threads.map((row) => threadItem(row, i18n)),
    browse: `/communities?${kind}=${tag}`,
    resources: kind === 'difficulty' ? `/resources?need=${tag}` : null,
  };
}

/** The tag as a title. */
export function tagTitle({ tag, kind }: Pick<TagFacts, 'tag' | 'kind'>, i18n: Translator): string {
  return capital(i18n.t(`communities.${kind}.${tag}`));
}
