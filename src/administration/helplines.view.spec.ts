import { describe, expect, it } from '@jest/globals';
import { FILE_ROWS } from '../helplines/helpline-rows.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { helplineValues, savedMeanwhile } from './helplines.view.js';

const i18n = new Translator(new Messages(), 'en', new Date('2026-06-01T12:00:00Z'));
const row = FILE_ROWS.find(({ key }) => key === 'gb-samaritans');
if (row === undefined) throw new Error('no such helpline');

describe('a conflicting edit of a helpline', () => {
  it('lists each stored value that would be overwritten', () => {
    const stored = { ...row, phone: '116 124', sms: null, shown: false, topics: ['men' as const] };
    const typed = { ...helplineValues(row, 0), sms: '85258', country: 'IE', shown: 'on' };
    expect(savedMeanwhile(stored, typed, i18n).map(({ value }) => value)).toEqual([
      'United Kingdom',
      '116 124',
      'Nothing',
      'Men',
      'Not shown',
    ]);
  });

  it('is empty if the submitted values equal the stored ones', () => {
    expect(savedMeanwhile(row, helplineValues(row, 0), i18n)).toEqual([]);
  });
});
