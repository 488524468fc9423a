import { describe, expect, it } from '@jest/globals';
import { COUNTRY_CODES, countryOptions, isCountry } from '../kernel/countries.js';
import { isPublicNumber } from '../disclosure/detectors/public-numbers.js';
import { EMERGENCY_FILE, EMERGENCY_SERVICES, emergencyNumbers } from './emergency-numbers.js';
import { isDueSoon } from './helpline-check.js';
import { FILE_ROWS, HELPLINE_TOPICS, mergeRows } from './helpline-rows.js';
import {
  emergencyContacts,
  helplinesOf,
  internationalLines,
  coversTopic,
  displayedHelplines,
  topicsOf,
} from './helplines.js';

const numbers = (country: string): string[] =>
  emergencyNumbers(country).map(({ service, phone }) => `${service} ${phone}`);

describe('the emergency numbers', () => {
  it.each([
    ['GB', ['any 999', 'any 112']],
    ['US', ['any 911']],
    ['ZA', ['any 112', 'ambulance 10177', 'police 10111']],
    ['AR', ['any 911', 'ambulance 107']],
    ['BR', ['ambulance 192', 'police 190', 'fire 193']],
    ['CA', ['any 911']],
    ['CH', ['any 112', 'ambulance 144', 'police 117']],
    ['IE', ['any 112', 'any 999']],
    ['IL', ['ambulance 101', 'police 100']],
    ['MX', ['any 911']],
    ['NO', ['ambulance 113', 'police 112']],
    ['PH', ['any 911']],
    ['SG', ['ambulance 995', 'police 999']],
    ['AU', ['any 000']],
    ['NZ', ['any 111']],
    ['IN', ['any 112']],
    ['JP', ['ambulance 119', 'police 110']],
    ['KR', ['ambulance 119', 'police 112']],
  ])('%s has its own', (country, own) => expect(numbers(country)).toEqual(own));

  it('are empty if unverified, and for unknown countries', () => {
    for (const code of ['GN', 'KP', 'AQ', 'ZZ', 'XX', 'gb', '', '__proto__', 'constructor'])
      expect(numbers(code)).toEqual([]);
  });

  it('hold only countries, services, short numbers and named sources', () => {
    const rows = Object.entries(EMERGENCY_FILE.numbers);
    expect(rows.length).toBeGreaterThanOrEqual(230);
    for (const [code, { source, ...row }] of rows) {
      expect([code, isCountry(code)]).toEqual([code, true]);
      expect(Object.keys(EMERGENCY_FILE.sources)).toContain(source);
      expect(
        Object.keys(row).filter(
          (service) => !(EMERGENCY_SERVICES as readonly string[]).includes(service),
        ),
      ).toEqual([]);
      expect(numbers(code).length).toBeGreaterThan(0);
      for (const { tel } of emergencyNumbers(code)) expect(tel).toMatch(/^\d{2,5}$/);
    }
  });

  it('are never detected as personal details', () => {
    // All emergency numbers; two digits alone would not look like a telephone number.
    const all = new Set(
      COUNTRY_CODES.flatMap((country) => emergencyNumbers(country).map(({ tel }) => tel)),
    );
    expect([...all].filter((tel) => tel.length > 2 && !isPublicNumber([tel]))).toEqual([]);
  });
});

describe('the lines of a country', () => {
  it('has somewhere to turn in every country, and never the emergency number of another', () => {
    for (const country of [...COUNTRY_CODES, 'XX']) {
      const { emergency, lines } = emergencyContacts(country);
      expect([country, emergency?.tel]).toEqual([country, emergencyNumbers(country)[0]?.tel]);
      expect(lines.length).toBeGreaterThan(0);
    }
    expect(emergencyContacts('GN').lines).toEqual(internationalLines());
  });

  it('shows 116 123 only where it is assigned', () => {
    const with116123 = COUNTRY_CODES.filter((code) =>
      helplinesOf(code).some(({ tel }) => tel === '116123'),
    );
    expect(with116123).toEqual(expect.arrayContaining(['GB', 'IE', 'LV', 'NO']));
    for (const code of ['US', 'IN', 'FR', 'ZA', 'JP']) expect(with116123).not.toContain(code);
    expect(
      internationalLines()
        .map(({ tel }) => tel)
        .filter((tel) => tel !== null),
    ).toEqual([]);
  });
});

describe('the topics of lines', () => {
  it.each([
    ['GB', ['young-people', 'abuse', 'eating', 'veterans', 'men', 'deaf']],
    ['US', ['young-people', 'abuse', 'alcohol-and-drugs', 'poison', 'veterans', 'lgbtq', 'deaf']],
    ['AU', ['poison', 'veterans', 'lgbtq', 'men', 'deaf']],
  ])('of %s are those that shown lines are for', (country, topics) =>
    expect(topicsOf(country)).toEqual(topics),
  );

  it('include text lines for people who cannot use a phone', () => {
    const names = helplinesOf('GB')
      .filter((line) => coversTopic(line, 'deaf'))
      .map(({ name }) => name);
    expect(names).toContain('Shout');
    expect(names).not.toContain('Beat');
  });

  it('have a message each', () => {
    const known = FILE_ROWS.flatMap(({ topics }) => topics);
    expect(known.filter((topic) => !HELPLINE_TOPICS.includes(topic))).toEqual([]);
  });
});

describe('the lines that administrators changed', () => {
  const samaritans = FILE_ROWS.find(({ key }) => key === 'gb-samaritans');

  it('replace bundled lines, and new ones follow', () => {
    if (samaritans === undefined) throw new Error('gb-samaritans is gone');
    const added = { ...samaritans, key: 'gb-a-line', name: 'A line' };
    const rows = mergeRows([{ ...samaritans, phone: '116 124' }, added]);
    expect(rows.length).toBe(FILE_ROWS.length + 1);
    expect(rows.find(({ key }) => key === 'gb-samaritans')?.phone).toBe('116 124');
    expect(rows.at(-1)?.name).toBe('A line');
  });

  it('have unique keys', () => {
    expect(new Set(FILE_ROWS.map(({ key }) => key)).size).toBe(FILE_ROWS.length);
  });

  it.each([
    ['2026-11-01', '2027-01-15', false],
    ['2026-11-01', '2027-01-16', true],
    [null, '2026-11-01', true],
  ])('checked on %s are due on %s: %s', (checkedOn, day, due) =>
    expect(isDueSoon({ checkedOn, shown: true }, new Date(`${day}T00:00:00Z`))).toBe(due),
  );

  it('are never due while hidden', () => {
    expect(isDueSoon({ checkedOn: null, shown: false }, new Date('2027-01-16'))).toBe(false);
  });
});

describe('the languages of a line', () => {
  it('are shown by name, and only if they are not the page’s own', () => {
    const languages = (country: string, locale: string): string[] =>
      displayedHelplines(helplinesOf(country), { locale, phrase: (_, text) => text }).map(
        (line) => line.languages,
      );
    expect(languages('GB', 'en').filter((text) => text !== '')).toEqual([]);
    expect(languages('GB', 'de')).toContain('Englisch');
    expect(languages('SG', 'en')).toContain('English, Chinese, Malay, Tamil');
    expect(
      displayedHelplines(internationalLines(), { locale: 'en', phrase: (_, text) => text }).map(
        (line) => line.languages,
      ),
    ).toEqual(internationalLines().map(() => ''));
  });
});

describe('the list of countries', () => {
  it('has all of ISO 3166-1 once, by name and in the order of the language', () => {
    expect(new Set(COUNTRY_CODES).size).toBe(250);
    const english = countryOptions('en', 'ZA');
    expect(english.filter(({ selected }) => selected)).toEqual([
      { value: 'ZA', label: 'South Africa', selected: true },
    ]);
    expect(english.filter(({ value, label }) => value === label)).toEqual([]);
    expect(english[0]?.label).toBe('Afghanistan');
    expect(countryOptions('de', '').find(({ value }) => value === 'CH')?.label).toBe('Schweiz');
  });
});
