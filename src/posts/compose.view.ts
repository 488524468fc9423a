import { CONTENT_NOTES } from '../content/content-notes.js';
import type { Words } from '../kernel/words.js';

export interface Option {
  value: string;
  label: string;
  hint?: string;
  checked: boolean;
}

/** Check boxes for content notes. @param chosen what was typed */
export function noteOptions(words: Words, chosen: string | string[] | undefined): Option[] {
  const picked = Array.isArray(chosen) ? chosen : [chosen];
  return CONTENT_NOTES.map((value) => ({
    value,
    label: words.t(`posts.note.${value}`),
    checked: picked.includes(value),
  }));
}

/** Radio buttons from a list of values; the first is chosen where nothing is. */
export function choice(
  words: Words,
  name: string,
  values: readonly string[],
  chosen: string | string[] | undefined,
): Option[] {
  const picked = typeof chosen === 'string' && values.includes(chosen) ? chosen : values[0];
  return values.map((value) => ({
    value,
    label: words.t(`${name}.${value}.label`),
    hint: words.t(`${name}.${value}.hint`),
    checked: value === picked,
  }));
}

/** Whether a check box was ticked, by any of the values a form may send. */
export function ticked(value: string | string[] | undefined): boolean {
  return value === 'on' || value === 'true' || value === '1';
}
