import { selectOptions, tickOptions, type SelectOption, type TickOption } from '../http/options.js';
import { capital } from '../i18n/capital.js';
import type { Translator } from '../i18n/translator.js';
import { LISTED_VISIBILITIES } from './community-access.js';
import { DIFFICULTIES, FORMATS, SITUATIONS } from './community-tags.js';
import { displayNames } from '../kernel/intl.js';

function options(
  i18n: Translator,
  kind: string,
  tags: readonly string[],
  chosen: string,
  anyKey: string,
): SelectOption[] {
  const all = selectOptions(tags, chosen, (value) =>
    capital(i18n.t(`communities.${kind}.${value}`)),
  );
  return [
    { value: '', label: i18n.t(anyKey), selected: !tags.includes(chosen) },
    ...all.sort((a, b) => a.label.localeCompare(b.label, i18n.locale)),
  ];
}

export function difficultyOptions(
  i18n: Translator,
  chosen: string,
  anyKey = 'communities.any',
): SelectOption[] {
  return options(i18n, 'difficulty', DIFFICULTIES, chosen, anyKey);
}

export function situationOptions(
  i18n: Translator,
  chosen: string,
  anyKey = 'communities.any',
): SelectOption[] {
  return options(i18n, 'situation', SITUATIONS, chosen, anyKey);
}

export function formatOptions(i18n: Translator, chosen: string): SelectOption[] {
  return options(i18n, 'format', FORMATS, chosen, 'communities.any');
}

/**
 * Options that say how many communities each would list. One that would list none is disabled,
 * unless it is selected.
 */
export function countedOptions(
  i18n: Translator,
  all: readonly SelectOption[],
  counts: ReadonlyMap<string, number>,
): SelectOption[] {
  return all.map((option) => {
    if (option.value === '') return option;
    const count = counts.get(option.value) ?? 0;
    return {
      ...option,
      label: i18n.t('communities.filter.counted', { label: option.label, count }),
      ...(count === 0 && !option.selected ? { disabled: true } : {}),
    };
  });
}

/** The visibilities of listed communities. */
export function openOptions(i18n: Translator, chosen: string): SelectOption[] {
  return selectOptions(['', ...LISTED_VISIBILITIES], chosen, (value) =>
    i18n.t(value === '' ? 'communities.any' : `communities.open.${value}`),
  );
}

export function languageOptions(
  i18n: Translator,
  languages: readonly string[],
  chosen: string,
): SelectOption[] {
  const names = displayNames(i18n.locale, 'language');
  return selectOptions(['', ...languages], languages.includes(chosen) ? chosen : '', (value) =>
    value === '' ? i18n.t('communities.any') : capital(names.of(value) ?? value),
  );
}

/** Check boxes of one kind of tag. */
export function tagBoxes(
  i18n: Translator,
  kind: 'difficulty' | 'situation' | 'format',
  chosen: readonly string[],
): TickOption[] {
  const tags = { difficulty: DIFFICULTIES, situation: SITUATIONS, format: FORMATS }[kind];
  return tickOptions(tags, chosen, (value) => capital(i18n.t(`communities.${kind}.${value}`)));
}
