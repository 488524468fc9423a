import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { languageOf, TEXT_LANGUAGES } from './text-language.js';

const FOLDER = 'test/triage/learnt';
const english = readdirSync(FOLDER).flatMap((file) =>
  readFileSync(`${FOLDER}/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text),
);

describe('languageOf', () => {
  it.each([
    ['es', 'Llevo tres noches sin dormir y no sé con quién hablar de esto.'],
    ['de', 'Ich kann seit drei Nächten nicht schlafen und weiß nicht, mit wem ich reden soll.'],
    ['fr', 'Je ne dors plus depuis trois nuits et je ne sais pas à qui en parler.'],
    ['pt', 'Não durmo há três noites e não sei com quem posso falar sobre isto.'],
    ['pl', 'Nie śpię od trzech nocy i nie wiem, z kim mogę o tym porozmawiać.'],
    ['ar', 'لا أستطيع النوم منذ ثلاث ليال ولا أعرف مع من أتحدث'],
    ['he', 'אני לא ישן כבר שלושה לילות ואין לי עם מי לדבר'],
    ['uk', 'Я не сплю вже три ночі і не знаю, з ким про це поговорити.'],
    ['en', 'I have not slept for three nights and do not know who to talk to.'],
  ])("detects %s, whatever the community's language is", (language, text) => {
    for (const expected of ['en', 'es', null])
      expect([expected, languageOf(text, expected)]).toEqual([expected, language]);
  });

  it.each(['me too', 'ok', '', '   ', '🌊🌊🌊', '...', '12345', 'https://example.org/es/los-dias'])(
    'does not guess for %j',
    (text) => {
      expect(languageOf(text, null)).toBeNull();
    },
  );

  it('returns the community’s language for a short text if it ranks first', () => {
    expect(languageOf('Thank you so much', 'en')).toBe('en');
    expect(languageOf('Muchas gracias', 'es')).toBe('es');
    expect(languageOf('Thank you so much', 'es')).toBeNull();
  });

  it('ignores URLs, names and markup', () => {
    expect(
      languageOf('@una-amiga-de-siempre **I am here** and I read all of it, every word.', 'es'),
    ).toBe('en');
  });

  it('is rarely wrong for English texts, and rarely undecided', () => {
    expect(english.length).toBeGreaterThan(1_000);
    // Every tenth text: the others give the same result and take longer.
    const found = english.filter((_, at) => at % 10 === 0).map((text) => languageOf(text, 'en'));
    const wrong = found.filter((language) => language !== 'en' && language !== null);
    expect(wrong.length / found.length).toBeLessThan(0.004);
    expect(found.filter((language) => language === 'en').length / found.length).toBeGreaterThan(
      0.97,
    );
  });

  it('only returns languages that a form offers', () => {
    expect(new Set(TEXT_LANGUAGES).size).toBe(TEXT_LANGUAGES.length);
    for (const code of TEXT_LANGUAGES) {
      expect(code).toMatch(/^[a-z]{2}$/);
      expect(new Intl.DisplayNames(['en'], { type: 'language' }).of(code)).not.toBe(code);
    }
  });
});
