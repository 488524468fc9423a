import { describe, expect, it } from '@jest/globals';
import { COUNTRY_CODES, countryOptions, isCountry } from '../kernel/countries.js';
import { isPublicNumber } from '../disclosure/detectors/public-numbers.js';
import { EMERGENCY_FILE, EMERGENCY_SERVICES, emergencyNumbers } from './emergency-numbers.js';
import { firstLines, helplinesOf, internationalLines, shownLines } from './helplines.js';

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

  it('are none where we are not sure, and for what is no country', () => {
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

  it('are never taken for a personal detail', () => {
    // Two digits alone are nobody's telephone number.
    const all = new Set(
      COUNTRY_CODES.flatMap((country) => emergencyNumbers(country).map(({ tel }) => tel)),
    );
    expect([...all].filter((tel) => tel.length > 2 && !isPublicNumber([tel]))).toEqual([]);
  });
});

describe('the lines of a country', () => {
  it('has somewhere to turn in every country, and never the emergency number of another', () => {
    for (const country of [...COUNTRY_CODES, 'XX']) {
      const { emergency, lines } = firstLines(country);
      expect([country, emergency?.tel]).toEqual([country, emergencyNumbers(country)[0]?.tel]);
      expect(lines.length).toBeGreaterThan(0);
    }
    expect(firstLines('GN').lines).toEqual(internationalLines());
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

describe('the languages of a line', () => {
  it('stand by name, and only where they are not the page’s own', () => {
    const languages = (country: string, locale: string): string[] =>
      shownLines(helplinesOf(country), locale).map((line) => line.languages);
    expect(languages('GB', 'en').filter((text) => text !== '')).toEqual([]);
    expect(languages('GB', 'de')).toContain('Englisch');
    expect(languages('SG', 'en')).toContain('English, Chinese, Malay, Tamil');
    expect(shownLines(internationalLines(), 'en').map((line) => line.languages)).toEqual(
      internationalLines().map(() => ''),
    );
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
