import { describe, expect, it } from '@jest/globals';
import { formView } from './form-page.js';

const i18n = { t: (key: string) => `[${key}]` };
const STORED = { body: 'Stored', topics: ['a', 'b'], hidden: 'on' };

describe('formView', () => {
  it('contains the stored values before anybody typed', () => {
    expect(formView(i18n, undefined, STORED)).toEqual({ values: STORED, errors: [], error: {} });
  });

  it('contains only the submitted values after validation errors: an unticked box stays unticked', () => {
    const faulty = { faults: [{ field: 'body', key: 'forms.error.body' }], values: { body: '' } };
    expect(formView(i18n, faulty, STORED)).toEqual({
      values: { body: '' },
      errors: [{ field: 'body', message: '[forms.error.body]' }],
      error: { body: '[forms.error.body]' },
    });
  });
});
