import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { helplineListView } from '../src/administration/helplines.view.js';
import { FILE_ROWS } from '../src/helplines/helpline-rows.js';
import { formView } from '../src/http/form-page.js';
import { Messages } from '../src/i18n/messages.js';
import { Translator } from '../src/i18n/translator.js';
import { weekOf } from '../src/moderation/on-call/shift-times.js';
import { shiftsView } from '../src/moderation/on-call/shifts.view.js';
import { weeksSection } from '../src/moderation/transparency/stats-sections.view.js';
import { offDutyText } from '../src/peer-support/supporters.view.js';
import { resourceView } from '../src/resources/resources.view.js';
import { helpNowView } from '../src/site/help-now.view.js';
import { viewer } from './support/viewers.js';

const messages = new Messages();
const now = new Date('2026-11-20T12:00:00Z');
const DAY_COLUMN = '2026-11-01';
const ZONES = [
  'Etc/GMT+12',
  'America/Los_Angeles',
  'UTC',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
];

const resource = {
  id: '1',
  slug: 'somewhere',
  name: 'Somewhere',
  kind: 'directory',
  summary: '',
  url: 'https://somewhere.example/',
  countries: [],
  languages: [],
  needs: [],
  checkedOn: DAY_COLUMN,
};

describe('a day of the calendar', () => {
  it.each(ZONES)('is the same on every page for readers in %s', (zone) => {
    const i18n = new Translator(messages, 'en', now, zone);
    const samaritans = FILE_ROWS.filter(({ key }) => key === 'gb-samaritans');
    const [country] = helplineListView(samaritans, i18n, now).countries;
    expect(country?.lines[0]?.checked).toBe(
      'Checked on 1 November 2026. Check again by 30 January 2027.',
    );
    expect(resourceView(resource, i18n).checked).toContain('1 November 2026');
    const help = { country: { code: 'GB', by: 'asked' }, unknown: false, topic: '' } as const;
    expect(JSON.stringify(helpNowView(help, i18n))).toContain('1 November 2026');
    expect(offDutyText(new Date('2026-11-01T00:00:00Z'), i18n)).toContain('1 November 2026');
    const figure = { kind: 'weeks', name: '2026-10-26 soon', n: 1, median: 5, high: 9 };
    const section = weeksSection([figure], { key: 'weeks', title: '' } as never, i18n);
    expect(JSON.stringify(section)).toContain('26 October');
  });

  it('is the last of its week, the week that has an hour less too', () => {
    const i18n = new Translator(messages, 'en', now, 'Europe/London');
    const calendar = { now, shifts: [], places: [], current: [], team: null };
    const text = (day: string): string => {
      const week = weekOf(day, now, 'Europe/London');
      return shiftsView({ ...calendar, week }, viewer(), formView(i18n), i18n).week;
    };
    expect(text('2026-03-25')).toContain('29 March 2026');
    expect(text('2026-10-21')).toContain('25 October 2026');
    expect(text('2026-11-18')).toContain('22 November 2026');
  });

  it('goes through no time zone on its way to a page', () => {
    const through = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('spec.ts'))
      .filter((name) => /\.date\(\s*new Date\(`/.test(readFileSync(join('src', name), 'utf8')));
    expect(through).toEqual([]);
  });
});
