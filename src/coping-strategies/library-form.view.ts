import type { Words } from '../kernel/words.js';
import { fieldOf, type LibraryFilter } from './library-filter.js';
import { ENERGIES, LENGTHS, TAG_LISTS, type TagList } from './vocabulary.js';

export interface Choice {
  value: string;
  label: string;
  selected: boolean;
}

export interface SelectField {
  name: string;
  label: string;
  options: Choice[];
}

/** A select that begins with "any". */
function select(
  words: Words,
  name: string,
  values: readonly (string | number)[],
  chosen: string | number | null,
  label: (value: string | number) => string,
): SelectField {
  const any = {
    value: '',
    label: words.t(`strategies.filter.${name}.any`),
    selected: chosen === null,
  };
  return {
    name,
    label: words.t(`strategies.filter.${name}.label`),
    options: [
      any,
      ...values.map((value) => ({
        value: String(value),
        label: label(value),
        selected: value === chosen,
      })),
    ],
  };
}

export function tagSelect(words: Words, list: TagList, filter: LibraryFilter): SelectField {
  const name = fieldOf(list);
  return select(words, name, TAG_LISTS[list], filter.tags[list] ?? null, (value) =>
    words.t(`strategies.${name}.${value}`),
  );
}

export interface LibraryForm {
  q: string;
  first: SelectField[];
  more: SelectField[];
  open: boolean;
}

export function minutesSelect(words: Words, chosen: number | null): SelectField {
  return select(words, 'minutes', LENGTHS, chosen, (value) =>
    words.t('strategies.up-to', { count: Number(value) }),
  );
}

/** The first two are asked of everybody; the rest is folded until somebody wants it. */
export function libraryForm(filter: LibraryFilter, words: Words): LibraryForm {
  const energy = select(words, 'energy', ENERGIES, filter.energy, (value) =>
    words.t(`strategies.energy.${value}.label`),
  );
  return {
    q: filter.q,
    first: [tagSelect(words, 'needs', filter), minutesSelect(words, filter.minutes)],
    more: [
      tagSelect(words, 'kinds', filter),
      tagSelect(words, 'places', filter),
      tagSelect(words, 'times', filter),
      energy,
      tagSelect(words, 'challenges', filter),
    ],
    open:
      filter.energy !== null ||
      (['kinds', 'places', 'times', 'challenges'] as const).some(
        (list) => filter.tags[list] !== undefined,
      ),
  };
}
