import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { languageOf } from '../content/text-language.js';
import { isPlainly } from './plain-language.js';

const FOLDER = 'test/triage/learnt';
const ENGLISH = readdirSync(FOLDER).flatMap((file) =>
  readFileSync(`${FOLDER}/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text),
);
const SPANISH =
  'Llevo tres noches sin dormir y no sé con quién hablar de esto, pero mi madre me llama cada día ' +
  'y yo no le digo nada. Hoy he salido a caminar y me ha venido muy bien.';

describe('isPlainly', () => {
  it('recognises almost every English text, and no other', () => {
    expect(ENGLISH.filter((text) => isPlainly(text, 'en')).length / ENGLISH.length).toBeGreaterThan(
      0.9,
    );
    for (const language of ['es', 'fr', 'de'])
      expect(ENGLISH.filter((text) => isPlainly(text, language))).toEqual([]);
  });

  it('hardly ever disagrees with letter statistics', () => {
    const plain = ENGLISH.filter((text, at) => at % 20 === 0 && isPlainly(text, 'en'));
    const others = plain.map((text) => languageOf(text, 'en')).filter((found) => found !== 'en');
    expect(others.length / plain.length).toBeLessThan(0.01);
    // The rest is undecided, except for single lines that look like some other language.
    expect(others.filter((found) => found !== null).length / plain.length).toBeLessThan(0.003);
  });

  it('recognises Spanish by its frequent words', () => {
    expect([isPlainly(SPANISH, 'es'), isPlainly(SPANISH, 'en')]).toEqual([true, false]);
  });

  it.each([
    ['Eu não durmo há três noites e não sei com quem posso falar sobre isto, nem com os amigos.'],
    [
      'Levo tres noites sen durmir e non sei con quen falar disto pero a miña nai chámame cada día.',
    ],
    ['Fa tres nits que no dormo i no sé amb qui parlar però la meva mare em truca cada dia.'],
    ['Ich kann seit drei Nächten nicht schlafen und weiß nicht, mit wem ich reden soll.'],
    ['Thank you'],
    ['ok'],
    [''],
  ])('of another language, or too short, is neither: %j', (text) => {
    expect([isPlainly(text, 'en'), isPlainly(text, 'es')]).toEqual([false, false]);
  });
});
