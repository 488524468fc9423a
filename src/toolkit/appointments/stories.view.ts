import { selectOptions, type SelectOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import { threadItem } from '../../threads/thread-list.view.js';
import { STEPS, type OwnStoryRow } from './stories.queries.js';
import type { StoryPage } from './stories.service.js';

export interface StoriesView {
  member: boolean;
  steps: { href: string; label: string; current: boolean }[];
  title: string;
  lead: string;
  threads: ReturnType<typeof threadItem>[];
  next: string | null;
  medicines: boolean;
  own: { id: string; title: string; options: SelectOption[] }[];
}

/** @param own the reader's own stories; null for a guest */
export function storiesView(
  { step, threads, nextBefore }: StoryPage,
  own: readonly OwnStoryRow[] | null,
  i18n: Translator,
): StoriesView {
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
