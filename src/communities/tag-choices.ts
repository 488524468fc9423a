import type { Translator } from '../i18n/translator.js';
import { DIFFICULTIES, FORMATS, SITUATIONS } from './community-tags.js';

export interface Option {
  value: string;
  label: string;
  selected: boolean;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function options(
  i18n: Translator,
  kind: string,
  tags: readonly string[],
  chosen: string,
  anyKey: string,
): Option[] {
  const all = tags.map((value) => ({
    value,
    label: capital(i18n.t(`communities.${kind}.${value}`)),
    selected: value === chosen,
  }));
  return [
    { value: '', label: i18n.t(anyKey), selected: !tags.includes(chosen) },
    ...all.sort((a, b) => a.label.localeCompare(b.label, i18n.locale)),
  ];
}

export function difficultyOptions(
  i18n: Translator,
  chosen: string,
  anyKey = 'communities.any',
): Option[] {
  return options(i18n, 'difficulty', DIFFICULTIES, chosen, anyKey);
}

export function situationOptions(
  i18n: Translator,
  chosen: string,
  anyKey = 'communities.any',
): Option[] {
  return options(i18n, 'situation', SITUATIONS, chosen, anyKey);
}

/** Communities that are by link alone are in no list, so nobody can ask for them. */
export function openOptions(i18n: Translator, chosen: string): Option[] {
  const listed = ['public', 'members', 'approval'];
  return ['', ...listed].map((value) => ({
    value,
    label: i18n.t(value === '' ? 'communities.any' : `communities.open.${value}`),
    selected: value === chosen || (value === '' && !listed.includes(chosen)),
  }));
}

export function languageOptions(
  i18n: Translator,
  languages: readonly string[],
  chosen: string,
): Option[] {
  const names = new Intl.DisplayNames([i18n.locale], { type: 'language' });
  return ['', ...languages].map((value) => ({
    value,
    label: value === '' ? i18n.t('communities.any') : capital(names.of(value) ?? value),
    selected: value === chosen || (value === '' && !languages.includes(chosen)),
  }));
}

/** Check boxes of one kind of tag. */
export function tagBoxes(
  i18n: Translator,
  kind: 'difficulty' | 'situation' | 'format',
  chosen: readonly string[],
): { value: string; label: string; checked: boolean }[] {
  const tags = { difficulty: DIFFICULTIES, situation: SITUATIONS, format: FORMATS }[kind];
  return tags.map((value) => ({
    value,
    label: capital(i18n.t(`communities.${kind}.${value}`)),
    checked: chosen.includes(value),
  }));
}
