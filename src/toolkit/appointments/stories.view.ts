import { selectOptions, type SelectOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import { postPath } from '../../posts/post-address.js';
import { threadItem } from '../../threads/thread-list.view.js';
import { textLanguage } from '../../posts/text-language.view.js';
import { STEPS, type OwnStoryRow, type UpdatedStoryRow } from './stories.queries.js';
import type { StoryPage } from './stories.service.js';

export interface StoriesView {
  member: boolean;
  steps: { href: string; label: string; current: boolean }[];
  title: string;
  lead: string;
  threads: ReturnType<typeof threadItem>[];
  next: string | null;
  /** Threads whose authors posted an update; each links to it. */
  updates: { href: string; title: string; text: string; lang: string | null }[];
  medicines: boolean;
  own: { id: string; title: string; options: SelectOption[] }[];
}

export interface StoriesFacts {
  readonly stories: StoryPage;
  readonly updated: readonly UpdatedStoryRow[];
  /** The reader's own stories; null for a guest. */
  readonly own: readonly OwnStoryRow[] | null;
}

export function storiesView(
  { stories, updated, own }: StoriesFacts,
  i18n: Translator,
): StoriesView {
  const { step, threads, nextBefore } = stories;
  return {
    member: own !== null,
    steps: STEPS.map((each) => ({
      href: `/bridge?step=${each}`,
      label: i18n.t(`toolkit.bridge.step.${each}`),
      current: each === step,
    })),
    title: i18n.t(`toolkit.bridge.step.${step}`),
    lead: i18n.t(`toolkit.bridge.lead.${step}`),
    threads: threads.map((row) => threadItem(row, i18n)),
    next: nextBefore === null ? null : `/bridge?step=${step}&before=${nextBefore}`,
    updates: updated.map((row) => ({
      href: postPath(row.id, row.updateNumber),
      title: row.title,
      text: i18n.t('toolkit.bridge.updated-when', {
        community: row.communityName,
        began: i18n.when(row.createdAt),
        when: i18n.when(row.updatedAt),
      }),
      lang: textLanguage(row.language, i18n)?.code ?? null,
    })),
    medicines: step === 'medicines',
    own: (own ?? []).map((row) => ({
      id: row.id,
      title: row.title,
      options: [
        { value: '', label: i18n.t('toolkit.bridge.unmarked'), selected: row.step === null },
        ...selectOptions(STEPS, row.step, (each) => i18n.t(`toolkit.bridge.step.${each}`)),
      ],
    })),
  };
}
