import { describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import { readConfig } from '../kernel/config.js';
import { readerCountry, indicativeRegion } from './reader-country.js';

describe('indicativeRegion', () => {
  it.each([
    ['en-US,en;q=0.9', null],
    ['en-GB', null],
    ['en', null],
    ['fr-FR,en-GB;q=0.5', null],
    ['es-419', null],
    ['zh-Hans-CN', null],
    ['en-IE,en;q=0.8', 'IE'],
    ['en-ZA', 'ZA'],
    ['de-AT', 'AT'],
    ['fr-CA,en-US;q=0.2', 'CA'],
    ['ja-JP', 'JP'],
    ['sr-Latn-RS', 'RS'],
    ['en,en-IE;q=0.9', null],
    ['*', null],
    ['', null],
    [undefined, null],
    ['de-XX', null],
    ['xx-ZZ', null],
    ['de-at;q=1', 'AT'],
  ])('of %p is %p', (header, region) => expect(indicativeRegion(header)).toBe(region));
});

describe('readerCountry', () => {
  const config = readConfig({ NODE_ENV: 'test', DEFAULT_COUNTRY: 'GB' });
  interface From {
    path?: string;
    asked?: unknown;
    cookie?: string;
    country?: string | null;
    language?: string;
  }
  const of = ({ path = '/', asked, cookie, country, language }: From): object =>
    readerCountry(
      {
        path,
        query: { country: asked },
        headers: { cookie, 'accept-language': language },
        viewer: country === undefined ? null : { country },
      } as unknown as Request,
      config,
    );

  it.each<[string, From, string, string]>([
    ['nothing known', {}, 'GB', 'site'],
    ['American English', { language: 'en-US,en' }, 'GB', 'site'],
    ['Irish English', { language: 'en-IE,en' }, 'IE', 'language'],
    ['the settings above the language', { language: 'en-IE', country: 'ZA' }, 'ZA', 'settings'],
    ['the device above the settings', { cookie: 'a=b; country=FR', country: 'ZA' }, 'FR', 'kept'],
    [
      'what is asked for above all',
      { path: '/help-now', asked: 'jp', cookie: 'country=FR', country: 'ZA' },
      'JP',
      'asked',
    ],
    ['asked for elsewhere: no matter', { path: '/resources', asked: 'JP' }, 'GB', 'site'],
    ['no country asked for', { path: '/help-now', asked: 'ZQ', country: 'ZA' }, 'ZA', 'settings'],
    ['no country kept', { cookie: 'country=ZQ' }, 'GB', 'site'],
    ['no country in old settings', { country: 'ZQ' }, 'GB', 'site'],
    ['a country without rows of ours', { country: 'GN' }, 'GN', 'settings'],
    ['two asked for at once', { path: '/help-now', asked: ['JP', 'FR'] }, 'GB', 'site'],
  ])('%s', (_what, from, code, by) => expect(of(from)).toEqual({ code, by }));
});
