import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../kernel/config.js';
import { Messages } from '../i18n/messages.js';
import { dropCookie, readCookie, setCookie } from './cookies.js';

const SECRET_KEY = 'a'.repeat(40);
const local = readConfig({ NODE_ENV: 'test', SECRET_KEY });
const secure = readConfig({ NODE_ENV: 'test', SECRET_KEY, BASE_URL: 'https://x.example' });

const read = (cookie: string | undefined, name: string): string | undefined =>
  readCookie({ headers: { cookie } } as Request, name);

function sent(write: (res: Response) => void): string[] {
  const lines: string[] = [];
  write({ append: (_name: string, line: string) => lines.push(line) } as unknown as Response);
  return lines;
}

describe('readCookie', () => {
  it.each([
    ['a=1; b=2', 'b', '2'],
    ['a=1;b=2', 'b', '2'],
    ['a=1; a=2', 'a', '2'],
    ['a=x=y', 'a', 'x=y'],
    ['a=%E2%9C%93', 'a', '%E2%9C%93'],
    ['a=%', 'a', '%'],
    ['a=', 'a', undefined],
    ['a', 'a', undefined],
    ['', 'a', undefined],
    [undefined, 'a', undefined],
    ['__proto__=1', 'toString', undefined],
  ])('of %j reads %s as %j', (cookie, name, value) => {
    expect(read(cookie, name)).toBe(value);
  });
});

describe('setCookie', () => {
  it('hides it from scripts and from other sites', () => {
    expect(sent((res) => setCookie(res, local, 'guest', 'x-_1', { session: true }))).toEqual([
      'guest=x-_1; Path=/; HttpOnly; SameSite=Lax',
    ]);
  });

  it('binds it to the host over https, with the given lifetime in days', () => {
    expect(sent((res) => setCookie(res, secure, 'device', 'x', { days: 2 }))).toEqual([
      '__Host-device=x; Max-Age=172800; Path=/; HttpOnly; Secure; SameSite=Lax',
    ]);
  });

  it('expires it immediately when dropped', () => {
    expect(sent((res) => dropCookie(res, local, 'guest'))).toEqual([
      'guest=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
    ]);
  });
});

describe('the cookies of this site', () => {
  /** How the privacy page describes each cookie, in English and in Spanish. */
  const TOLD: Record<string, readonly [string, string]> = {
    arrival: ['While you join', 'Mientras te registras'],
    country: ['the country you chose', 'el país que elegiste'],
    device: ['recognises a browser', 'reconoce un navegador'],
    display: ['display settings', 'ajustes de visualización'],
    guest: ['protects the forms', 'protege los formularios'],
    locale: ['your language', 'tu idioma'],
    notice: ['a short message', 'un mensaje corto'],
    'own-writes': ['you see it at once', 'lo veas al momento'],
    organisation: ['your organisation', 'tu organización'],
    shared: ['device that others use too', 'dispositivo que usan más personas'],
    session: ['keeps you logged in', 'mantiene tu sesión abierta'],
  };

  it('are all described on the privacy page', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'),
    );
    const names = sources.flatMap((path) => {
      const text = readFileSync(join('src', path), 'utf8');
      const declared = /COOKIE = '([\w-]+)'|setCookie\(\s*\w+,\s*[\w.]+,\s*'([\w-]+)'/g;
      return [...text.matchAll(declared)].map(([, constant, literal]) => constant ?? literal ?? '');
    });
    expect([...new Set(names)].sort()).toEqual(Object.keys(TOLD).sort());
    const messages = new Messages();
    for (const [at, locale] of (['en', 'es'] as const).entries()) {
      const text = messages.raw(locale, 'content.privacy.sessionText');
      expect(Object.values(TOLD).filter((told) => !text.includes(told[at] ?? ''))).toEqual([]);
    }
  });
});
