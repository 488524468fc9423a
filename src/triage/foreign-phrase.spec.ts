import { describe, expect, it } from '@jest/globals';
import { compilePhrase, placesOf, type Place } from './foreign-phrase.js';

function find(phrase: string, text: string, breaks: readonly string[] = []): Place[] | null {
  const words = text.split(' ').map((word) => ({ word }));
  const start = words.findIndex(({ word }) => compilePhrase(phrase).parts[0]?.[0]?.has(word));
  return placesOf(compilePhrase(phrase), words, start, (at) =>
    breaks.includes(words[at]?.word ?? ''),
  );
}

describe('a phrase of another language', () => {
  it('matches its words and their alternatives, without accents', () => {
    expect(find('no puedo|aguanto más', 'ya no aguanto mas')).toEqual([[1, 3]]);
    expect(find('no puedo|aguanto más', 'ya no quiero mas')).toBeNull();
  });

  it('reads a word with an apostrophe as two', () => {
    expect(find("m'ôter la vie", 'veux m oter la vie')).toEqual([[1, 4]]);
    expect(() => compilePhrase("j'ai|suis triste")).toThrow('single words');
  });

  it('allows two words in a gap, but nothing that ends one', () => {
    expect(find('quiero morir', 'quiero solo ya morir')).toEqual([[0, 3]]);
    expect(find('quiero morir', 'quiero solo ya pronto morir')).toBeNull();
    expect(find('quiero morir', 'quiero no morir', ['no'])).toBeNull();
  });

  it('has parts with any number of words between them', () => {
    const phrase = 'va me tuer ... cassé|perdu';
    expect(find(phrase, 'il va me tuer parce que ce vase est casse')).toEqual([
      [1, 3],
      [9, 9],
    ]);
    expect(find(phrase, 'il va me tuer parce que je pars')).toBeNull();
  });

  it('does not match if a word that it excludes follows', () => {
    const phrase = 'lieber tot als -leben|so';
    expect(find(phrase, 'lieber tot als im stau')).toEqual([[0, 2]]);
    expect(find(phrase, 'lieber tot als so leben')).toBeNull();
  });
});
