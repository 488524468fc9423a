import { describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import {
  chosenLanguage,
  communityLanguageOptions,
  textLanguage,
  textLanguageOptions,
} from './text-language.view.js';

const messages = new Messages();
const at = (locale: string): Translator => new Translator(messages, locale, new Date(0));

describe('textLanguage', () => {
  it("is set if it differs from the page's language, and is written in the page's language", () => {
    expect(textLanguage('es', at('en'))).toEqual({ code: 'es', label: 'in Spanish' });
    expect(textLanguage('en', at('es'))).toEqual({ code: 'en', label: 'en inglés' });
    expect(textLanguage('es', at('es'))).toBeNull();
    expect(textLanguage(null, at('es'))).toBeNull();
  });
});

describe('textLanguageOptions', () => {
  it('start with none, and list the others by name', () => {
    const options = textLanguageOptions(at('es'), 'de');
    expect(options[0]).toEqual({ value: '', label: 'Automático', selected: false });
    expect(options.filter(({ selected }) => selected)).toEqual([
      { value: 'de', label: 'alemán', selected: true },
    ]);
    const labels = options.slice(1).map(({ label }) => label);
    expect(labels).toEqual([...labels].sort(new Intl.Collator('es').compare));
  });

  it("select none if the text's language is detected, and the author’s choice otherwise", () => {
    const spanish = 'Llevo tres noches sin dormir y no sé con quién hablar de esto.';
    expect(chosenLanguage('es', spanish)).toBe('');
    expect(chosenLanguage(null, spanish)).toBe('');
    expect(chosenLanguage('gl', spanish)).toBe('gl');
    expect(chosenLanguage('fr', 'ok')).toBe('fr');
  });
});

describe('communityLanguageOptions', () => {
  const selected = (chosen: string): unknown =>
    communityLanguageOptions(at('en'), chosen).filter((option) => option.selected);

  it('lists the languages by name, and adds a stored code that is not among them', () => {
    expect(selected('cy')).toEqual([{ value: 'cy', label: 'Welsh', selected: true }]);
    expect(selected('gsw')).toEqual([{ value: 'gsw', label: 'Swiss German', selected: true }]);
    expect(communityLanguageOptions(at('en'), 'cy').map(({ value }) => value)).not.toContain('');
  });

  it('returns a rejected value as it was sent', () => {
    expect(selected('n o')).toEqual([{ value: 'n o', label: 'n o', selected: true }]);
  });
});
