import { describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import type { SelectOption } from './options.js';
import { timeZoneOptions } from './time-zone-options.js';

const messages = new Messages();

/** The options with their regions: [region, value, label]. */
function flat(locale: string, chosen: string): [string, SelectOption][] {
  return timeZoneOptions(new Translator(messages, locale, new Date(0)), chosen).flatMap((entry) =>
    'options' in entry
      ? entry.options.map((option): [string, SelectOption] => [entry.label, option])
      : [['', entry] as [string, SelectOption]],
  );
}

describe('timeZoneOptions', () => {
  it('offers every time zone once, under its region', () => {
    const values = flat('en', '').map(([, { value }]) => value);
    expect(values.sort()).toEqual(
      [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].sort(),
    );
    expect(flat('es', '').find(([, { value }]) => value === 'Indian/Maldives')?.[0]).toBe(
      'Océano Índico',
    );
  });

  it('names the place first, and marks the chosen one', () => {
    const chosen = flat('en', 'America/Argentina/Ushuaia').filter(([, { selected }]) => selected);
    expect(chosen).toEqual([
      [
        'The Americas',
        { value: 'America/Argentina/Ushuaia', label: 'Ushuaia, Argentina', selected: true },
      ],
    ]);
    expect(flat('en', 'UTC').filter(([, { selected }]) => selected)).toHaveLength(1);
  });

  it('uses the current name of a place, sorted by it, for either name of its zone', () => {
    const asia = flat('en', 'Asia/Calcutta').filter(([region]) => region === 'Asia');
    const labels = asia.map(([, { label }]) => label);
    expect(asia.find(([, { selected }]) => selected)?.[1].label).toBe('Kolkata');
    expect(labels).toEqual([...labels].sort(new Intl.Collator('en').compare));
    expect(labels.filter((label) => /Calcutta|Katmandu|Rangoon|Saigon/.test(label))).toEqual([]);
    expect(new Translator(messages, 'en', new Date(0), 'Europe/Kiev').zoneName).toBe('Kyiv time');
  });

  it('has an option for no zone only where asked', () => {
    const i18n = new Translator(messages, 'en', new Date(0));
    expect(timeZoneOptions(i18n, '', 'Not set')[0]).toEqual({
      value: '',
      label: 'Not set',
      selected: true,
    });
    expect(timeZoneOptions(i18n, '')[0]).toMatchObject({ value: 'UTC' });
  });
});
