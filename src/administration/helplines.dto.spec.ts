import { describe, expect, it } from '@jest/globals';
import { readForm } from '../http/form.js';
import { FILE_ROWS } from '../helplines/helpline-rows.js';
import { HelplineForm } from './helplines.dto.js';
import { helplineValues } from './helplines.view.js';

const [first] = FILE_ROWS;

/** Validates the form with one set of values changed in an otherwise valid line. */
function submitted(values: Record<string, string>): HelplineForm | string[] {
  if (first === undefined) throw new Error('no helplines');
  const form = readForm(HelplineForm, { ...helplineValues(first, 0), ...values });
  return form.valid ? form.value : form.faults.map(({ field }) => field);
}

describe('the form of a helpline', () => {
  it.each(FILE_ROWS.map((row) => [row.key, row] as const))(
    'gives back the languages of a line, words too: %s',
    (_key, row) => {
      const typed = String(helplineValues(row, 0).languages);
      expect(submitted({ languages: typed })).toMatchObject({ languages: row.languages });
    },
  );

  it('accepts the bundled numbers, except two with words in between', () => {
    const refused = FILE_ROWS.flatMap((row) => {
      const { phone, sms } = helplineValues(row, 0);
      const form = submitted({ phone: String(phone), sms: String(sms) });
      return Array.isArray(form) ? form.map((field) => `${row.key} ${field}`) : [];
    });
    expect(refused).toEqual([
      'fi-mieli-crisis-helpline-other-languages phone',
      'jp-tell-lifeline phone',
    ]);
  });

  it.each([
    ['en es', ['en', 'es']],
    ['EN,  es FR', ['en', 'es', 'fr']],
    ['', []],
    ['en, Interpreters by phone', ['en', 'Interpreters by phone']],
    ['nl, en (limited, by day), fr', ['nl', 'en (limited, by day)', 'fr']],
    ['nl, en (limited, fr', ['nl', 'en (limited', 'fr']],
  ])('reads languages by commas, and codes by spaces too: %s', (typed, languages) => {
    expect(submitted({ languages: typed })).toMatchObject({ languages });
  });

  it.each(['e', 'en, en', 'en; es', '<b>words</b>', `en, ${'x'.repeat(61)}`])(
    'refuses what is neither code nor words: %s',
    (typed) => {
      expect(submitted({ languages: typed })).toEqual(['languages']);
    },
  );

  it.each(['116 123', '+44 (0)20 7946-0000', '85258 (text SHOUT)', '0800 11 / 0800 12', '1a23'])(
    'takes a number and words that follow it: %s',
    (phone) => {
      expect(submitted({ phone })).toMatchObject({ phone });
    },
  );

  it.each(['ring us', '5', 'call 116 123', '1 2 3', '116 123; 116 124', '-116'])(
    'refuses a number that cannot be dialled: %s',
    (phone) => {
      expect(submitted({ phone })).toEqual(['phone']);
    },
  );
});
