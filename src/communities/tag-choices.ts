import type { Words } from '../kernel/words.js';
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
  words: Words,
  kind: string,
  tags: readonly string[],
  chosen: string,
  anyKey: string,
): Option[] {
  const all = tags.map((value) => ({
    value,
    label: capital(words.t(`communities.${kind}.${value}`)),
    selected: value === chosen,
  }));
  return [
    { value: '', label: words.t(anyKey), selected: !tags.includes(chosen) },
    ...all.sort((a, b) => a.label.localeCompare(b.label, words.locale)),
  ];
}

export function difficultyOptions(
  words: Words,
  chosen: string,
  anyKey = 'communities.any',
): Option[] {
  return options(words, 'difficulty', DIFFICULTIES, chosen, anyKey);
}

export function situationOptions(
  words: Words,
  chosen: string,
  anyKey = 'communities.any',
): Option[] {
  return options(words, 'situation', SITUATIONS, chosen, anyKey);
}

/** Communities that are by link alone are in no list, so nobody can ask for them. */
export function openOptions(words: Words, chosen: string): Option[] {
  const listed = ['public', 'members', 'approval'];
  return ['', ...listed].map((value) => ({
    value,
    label: words.t(value === '' ? 'communities.any' : `communities.open.${value}`),
    selected: value === chosen || (value === '' && !listed.includes(chosen)),
  }));
}

export function languageOptions(
  words: Words,
  languages: readonly string[],
  chosen: string,
): Option[] {
  const names = new Intl.DisplayNames([words.locale], { type: 'language' });
  return ['', ...languages].map((value) => ({
    value,
    label: value === '' ? words.t('communities.any') : capital(names.of(value) ?? value),
    selected: value === chosen || (value === '' && !languages.includes(chosen)),
  }));
}

/** Check boxes of one kind of tag. */
export function tagBoxes(
  words: Words,
  kind: 'difficulty' | 'situation' | 'format',
  chosen: readonly string[],
): { value: string; label: string; checked: boolean }[] {
  const tags = { difficulty: DIFFICULTIES, situation: SITUATIONS, format: FORMATS }[kind];
  return tags.map((value) => ({
    value,
    label: capital(words.t(`communities.${kind}.${value}`)),
    checked: chosen.includes(value),
  }));
}
