import { describe, expect, it } from '@jest/globals';
import type { Translator } from '../../i18n/translator.js';
import { itemFormView } from './item-form.view.js';

const i18n = { t: (key: string) => key } as unknown as Translator;
const COLLECTIONS = ['1', '2', '12', '123'].map((id) => ({ id, name: `Collection ${id}` }));

describe('the form of a toolkit item', () => {
  it('ticks only the submitted collection, not one whose id is a substring', () => {
    const faulty = { faults: [], values: { collections: '12' } };
    const view = itemFormView(null, COLLECTIONS as never, i18n, faulty);
    expect(view.collections.filter(({ checked }) => checked).map(({ value }) => value)).toEqual([
      '12',
    ]);
  });
});
