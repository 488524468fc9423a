import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FILE_ROWS, type HelplineRow } from '../helplines/helpline-rows.js';
import { setHelplineOverrides } from '../helplines/helplines.js';
import { isPublicNumber } from './detectors/public-numbers.js';
import { isAboutOthers, findPersonalDetails } from './personal-details.js';
import { evaluatePersonal, type PersonalCase } from './evaluate.js';

const OWN = join('test', 'pii');
const files = readdirSync(OWN)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => join(OWN, name));
const cases = (file: string): PersonalCase[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PersonalCase);

describe('personal details, measured', () => {
  it.each(files)('reach the required scores on %s', (file) => {
    const all = cases(file);
    expect(all.length).toBeGreaterThan(50);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const { precision, recall } = evaluatePersonal(all);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  it('count correctly', () => {
    const { counts, misses } = evaluatePersonal([
      { id: '1', text: 'Ring me on 07700 900123', has_pii: true },
      { id: '2', text: 'Ring me on 07700 900123', has_pii: false },
      { id: '3', text: 'Lovely soup', has_pii: true },
      { id: '4', text: 'Lovely soup', has_pii: false },
    ]);
    expect(counts).toEqual({ tp: 1, fp: 1, fn: 1, tn: 1 });
    expect(misses.map(({ id }) => id)).toEqual(['2', '3']);
  });
});

describe('the position of a detail', () => {
  it.each([
    ['Hello 💛 ring 07700 900123 tonight', '07700 900123'],
    ['Hello 💛 ring ０７７００ ９００１２３ tonight', '０７７００ ９００１２３'],
    ['Write to zoë.k@example.com or not', 'zoë.k@example.com'],
    ['My counsellor Dr Sarah Whitlock at Northgate surgery listened', 'Dr Sarah Whitlock'],
  ])('refers to the original text: %s', (text, words) => {
    expect(
      findPersonalDetails(text)
        .map(({ span: [from, to] }) => text.slice(from, to))
        .join(),
    ).toContain(words);
  });

  it.each([
    ['My number is 07700 900123', false],
    ['Her number is 07700 900123', true],
    ['My ex, Mark Ellison, works at the Asda in Wigan', true],
    ["I'm outside the Tesco on Mill Road now", true],
    ['My name is Joanna Merrick', false],
  ])('comes with whose it is, the author’s or another’s: %s', (text, other) => {
    const details = findPersonalDetails(text);
    expect(details.length).toBeGreaterThan(0);
    expect(details.some(isAboutOthers)).toBe(other);
  });
});

describe('helpline numbers', () => {
  const lines = (
    JSON.parse(readFileSync(join('src', 'helplines', 'helplines.json'), 'utf8')) as {
      phone: string | null;
      sms: string | null;
    }[]
  )
    .flatMap(({ phone, sms }) => [phone, sms])
    .flatMap((written) => written?.match(/\+?\(?\d[\d ().-]*\d|\d{3}/g) ?? []);

  it('are never personal, however they are spaced', () => {
    expect(lines.length).toBeGreaterThan(100);
    const spacings = (number: string): string[] => [
      number,
      number.replace(/\D/g, ''),
      number.replace(/\D/g, '').split('').join(' '),
      number.replace(/[^\d+]+/g, '-'),
      number.replace(/[^\d+]+/g, '.'),
    ];
    const taken = lines
      .flatMap(spacings)
      .flatMap((number) => [`Call ${number} at any hour`, `my number is ${number}`])
      .filter((text) => findPersonalDetails(text).length > 0);
    expect(taken).toEqual([]);
  });
});

describe('a helpline that administrators added', () => {
  const line: HelplineRow = {
    key: 'gb-harbour-line',
    country: 'GB',
    name: 'Harbour Line',
    phone: '07700 900123 (option 2)',
    sms: null,
    chatUrl: 'https://www.harbour-line.example/chat',
    hours: null,
    languages: ['en'],
    topics: [],
    audience: 'anyone in distress',
    source: 'its own page',
    shown: true,
    checkedOn: null,
  };
  const kinds = (text: string): string[] => findPersonalDetails(text).map(({ kind }) => kind);
  afterEach(() => setHelplineOverrides([]));

  it.each([
    ['my number is 07700 900123', 'phone'],
    ['my number is +44 7700 900123', 'phone'],
    ['write to anna@harbour-line.example', 'mail'],
  ])('is never personal from the moment it exists: %s', (text, kind) => {
    expect(kinds(text)).toEqual([kind]);
    setHelplineOverrides([line]);
    expect(kinds(text)).toEqual([]);
    setHelplineOverrides([]);
    expect(kinds(text)).toEqual([kind]);
  });

  it('does not make the shipped number personal', () => {
    const samaritans = FILE_ROWS.find(({ key }) => key === 'gb-samaritans');
    setHelplineOverrides([{ ...line, ...samaritans, phone: '07700 900123' }]);
    expect(kinds('my number is 116 123')).toEqual([]);
  });

  it('does not include keys to press after its number', () => {
    setHelplineOverrides([line]);
    expect(isPublicNumber(['2', '2', '2', '2', '2', '2'])).toBe(false);
  });
});

describe('a spelled-out number', () => {
  it.each([
    ['oh seven seven double zero nine hundred one two three', true],
    ['07 seven, then 00-nine and then 00 one two three', true],
    ['(zero) seven7 double zero nine0zero one two3', true],
    ['oh seven seven double zero nine hundredth one two three', false],
    ['oh seven    seven    double    zero    nine    zero', false],
  ])('is found to its end: %s', (said, found) => {
    const text = `my number is ${said}.`;
    const places = findPersonalDetails(text)
      .filter(({ why }) => why === 'words')
      .map(({ span }) => text.slice(...span));
    expect(places).toEqual(found ? [said.replace(/^\(/, '')] : []);
  });
});

describe('a detail without a digit', () => {
  it.each([
    ['I live in our cottage called The Old Rectory, on the Green', 'address'],
    ['i live on Maple Street with them', 'address'],
    ['write to ann.example at posts dot example', 'mail'],
    ['write to annexample (at) posts [dot] example', 'mail'],
    ['my email is ann.example at gmail', 'mail'],
    ['call me on oh seven seven double zero nine hundred one two three', 'phone'],
  ])('is found: %s', (text, kind) => {
    expect(findPersonalDetails(text).map((detail) => detail.kind)).toContain(kind);
  });
});

describe('the processing time', () => {
  it.each([
    '0 7 7 ',
    '1-',
    'a.',
    'a@',
    'a at b dot ',
    'one two ',
    'My ex Mark Ellison ',
    'A a ',
    '12 A ',
    'meet me ',
    'insta is ',
    '@a',
    "I'm at the A ",
    '\n- ',
    'SW1A 1A',
    'x',
  ])(
    'stays small for a hundred thousand characters of %s',
    (piece) => {
      const long = piece.repeat(Math.ceil(100_000 / piece.length));
      expect(
        findPersonalDetails(`${long} and ring me on 07700 900123.`).length,
      ).toBeGreaterThanOrEqual(0);
    },
    60_000,
  );
});
