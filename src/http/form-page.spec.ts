import { describe, expect, it } from '@jest/globals';
import { formView } from './form-page.js';

const i18n = { t: (key: string) => `[${key}]` };
const STORED = { body: 'Stored', topics: ['a', 'b'], hidden: 'on' };

describe('the view of a form', () => {
  it('holds what is stored before anybody typed', () => {
    expect(formView(i18n, undefined, STORED)).toEqual({ values: STORED, errors: [], error: {} });
  });

  it('holds what was sent alone where it came back: an unticked box stays unticked', () => {
    const faulty = { faults: [{ field: 'body', key: 'forms.error.body' }], values: { body: '' } };
    expect(formView(i18n, faulty, STORED)).toEqual({
      values: { body: '' },
      errors: [{ field: 'body', message: '[forms.error.body]' }],
      error: { body: '[forms.error.body]' },
    });
  });
});
