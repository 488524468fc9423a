import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import express, { type Request } from 'express';
import { Messages } from '../i18n/messages.js';
import { readConfig } from '../kernel/config.js';
import { mailLanguage, pageLanguage, preferredLanguages } from './reader-language.js';
import type { Viewer } from './viewer.js';

const config = readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) });
const messages = new Messages();

interface Reader {
  header?: string;
  cookie?: string;
  account?: string;
}

function request({ header, cookie, account }: Reader): Request {
  const req = Object.setPrototypeOf(new IncomingMessage(new Socket()), express.request) as Request;
  if (header !== undefined) req.headers['accept-language'] = header;
  if (cookie !== undefined) req.headers.cookie = `locale=${cookie}`;
  if (account !== undefined) req.viewer = { locale: account } as Viewer;
  return req;
}

const wished = (reader: Reader): string[] => preferredLanguages(request(reader), config);
const at = (page: string, reader: Reader, keys: string[] = []): string =>
  pageLanguage(wished(reader), messages, page, keys);

describe('preferredLanguages', () => {
  it.each([
    ['es', ['es']],
    ['es-MX,es;q=0.9,en;q=0.8', ['es', 'es', 'en']],
    ['en;q=0.3, es;q=0.9', ['es', 'en']],
    ['fr, *;q=0.1', ['fr', '*']],
    ['en, es;q=0', ['en']],
  ])('follows the weights of %s', (header, languages) => {
    expect(wished({ header })).toEqual(languages);
  });

  it("prefers the device's choice, then the account's, then the browser's languages", () => {
    expect(wished({ cookie: 'es', account: 'de', header: 'en' })).toEqual(['es', 'de', 'en']);
  });
});

describe('pageLanguage', () => {
  it('is the first preferred language that exists', () => {
    expect(at('/', { header: 'es' })).toBe('es');
    expect(at('/', { header: 'fr;q=1, es;q=0.5, en;q=0.2' })).toBe('es');
    expect(at('/', { header: 'en;q=0.1, es;q=0.5' })).toBe('es');
    expect(at('/', { header: 'tlh' })).toBe('en');
    expect(at('/', {})).toBe('en');
    expect(at('/', { cookie: '../etc', header: 'es' })).toBe('es');
  });

  it('is a partial translation where it covers the whole page, and the next language elsewhere', () => {
    expect(at('/help-now', { header: 'de-AT' })).toBe('de');
    expect(at('errors/404', { header: 'de' })).toBe('de');
    expect(at('/c/harbour', { header: 'de' })).toBe('en');
    expect(at('/c/harbour', { header: 'de, es;q=0.5' })).toBe('es');
    expect(at('/help-now/../c', { header: 'de' })).toBe('en');
    expect(at('/unsubscribe/abc', { account: 'de' })).toBe('de');
  });

  it('is another language if a further message on the page is not translated', () => {
    expect(messages.has('communities.title', 'de')).toBe(false);
    expect(at('errors/404', { header: 'de' }, ['errors.404.lead'])).toBe('de');
    expect(at('errors/404', { header: 'de' }, ['communities.title'])).toBe('en');
    expect(at('errors/404', { header: 'de, es' }, ['communities.title'])).toBe('es');
  });
});

describe('mailLanguage', () => {
  it('is one that has emails, also a partial translation; null if the browser names none', () => {
    expect(mailLanguage(wished({ header: 'de, en;q=0.5' }), messages)).toBe('de');
    expect(mailLanguage(wished({ header: 'fr, es;q=0.5' }), messages)).toBe('es');
    expect(mailLanguage(wished({ header: 'fr' }), messages)).toBeNull();
    expect(mailLanguage(wished({}), messages)).toBeNull();
  });
});
