import { settingsTabs } from '../accounts/settings.view.js';
import type { FormView } from '../http/errors-in-form.js';
import type { Words } from '../kernel/words.js';
import { COOLING_OFF, type ClosingWish } from './closing.service.js';
import type { Row } from './own-data.queries.js';
import type { OwnFile } from './own-data.service.js';

export function ownDataView(words: Words, wish: ClosingWish | null, form: FormView): object {
  const choices = (['erase', 'leave'] as const).map((value) => ({
    value,
    label: words.t(`accounts.data.words-${value}`),
    hint: words.t(`accounts.data.words-${value}-hint`),
    checked: form.values.words === value,
  }));
  return {
    tabs: settingsTabs(words, 'data'),
    form,
    choices,
    days: COOLING_OFF,
    closing: wish === null ? null : receiptView(words, wish),
  };
}

export function receiptView(words: Words, wish: ClosingWish): object {
  return {
    asked: words.when(wish.askedAt),
    closes: words.date(wish.closesAt),
    becomes: words.t(`accounts.data.receipt-${wish.words}`),
  };
}

const SHOWN = [
  'account',
  'memberships',
  'reports',
  'decisions',
  'strategies',
  'reactions',
  'notices',
  'follows',
  'blocked',
  'drafts',
  'savedSearches',
  'sessions',
  'devices',
  'mail',
] as const;

/** The readable file: posts as they are read, everything else as lists of names and values. */
export function fileView(words: Words, file: OwnFile): object {
  return {
    made: words.t('accounts.data.made', { date: words.date(new Date(file.made)) }),
    posts: file.posts.map((post) => ({
      ...post,
      thread: post.thread === '' ? words.t('threads.away') : post.thread,
      when: words.when(post.writtenAt as Date),
      first: post.number === 1,
    })),
    parts: SHOWN.filter((part) => file[part].length > 0).map((part) => ({
      title: words.t(`accounts.data.part.${part}`),
      rows: file[part].map((row) => ({ facts: facts(words, row) })),
    })),
  };
}

function facts(words: Words, row: Row): { name: string; value: string }[] {
  return Object.entries(row).flatMap(([name, value]) => {
    if (value === null || value === '') return [];
    return [
      {
        name: name.replace(/([A-Z])/g, ' $1').toLowerCase(),
        value:
          value instanceof Date
            ? words.when(value)
            : typeof value === 'string'
              ? value
              : JSON.stringify(value),
      },
    ];
  });
}
