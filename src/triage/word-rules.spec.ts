import { describe, expect, it } from '@jest/globals';
import { matchRules, readPattern, signalOf, type WordRule } from './word-rules.js';

const rule = (pattern: string): WordRule => ({
  id: '1',
  pattern,
  action: 'flag',
  note: null,
  tier: null,
  why: '',
  toWriter: '',
});
const matched = (text: string, pattern: string): string | undefined => {
  const [match] = matchRules(text, [rule(pattern)]);
  return match === undefined ? undefined : text.slice(...match.span);
};

describe('word rules', () => {
  it.each([
    ['one word, in any case', 'I am SELLING them', 'selling', 'SELLING'],
    ['not within a longer word', 'a counselling offer', 'selling', undefined],
    ['a star at the end', 'they sell and sells', 'sell*', 'sell'],
    ['a star in the middle', 'that is unbelievable', 'un*able', 'unbelievable'],
    ['a star at both ends', 'counselling', '*sell*', 'counselling'],
    ['a question mark for one letter', 'the gray door', 'gr?y', 'gray'],
    ['a question mark is no fewer', 'the gry door', 'gr?y', undefined],
    ['several words in order', 'Join my study, please', 'my study', 'my study'],
    [
      'across a line and a comma',
      'research,\nparticipants wanted',
      'research participants',
      'research,\nparticipants',
    ],
    ['not with a word between', 'my long study', 'my study', undefined],
    ['a star that stands for any word', 'my long study', 'my * study', 'my long study'],
    ['curly and straight apostrophes alike', 'I don’t know', "don't", 'don’t'],
    ['letters of other scripts', 'das große Übel', 'übel', 'Übel'],
    ['an address, word by word', 'write to me at chat.example/me', 'chat example', 'chat.example'],
  ])('%s', (_what, text, pattern, expected) => {
    expect(matched(text, pattern)).toBe(expected);
  });

  it('reject patterns of only stars, of one letter or of too many words', () => {
    for (const pattern of ['*', '* * *', 'a*', '??', '', '!!', Array(13).fill('word').join(' ')])
      expect(readPattern(pattern)).toBeNull();
    expect(readPattern('ab*')).toEqual(['ab*']);
    expect(matchRules('anything at all', [rule('*')])).toEqual([]);
  });

  it('treat regular expression syntax literally', () => {
    expect(matched('aaaa', '(a+)+$')).toBeUndefined();
    expect(matched('xx.yy', 'xx.yy')).toBe('xx.yy');
    expect(matched('xxzyy', 'xx.yy')).toBeUndefined();
  });

  it('stay fast on patterns that cause catastrophic backtracking', () => {
    expect(matched('a'.repeat(50_000), '*a*a*a*a*a*a*a*ab')).toBeUndefined();
    expect(matched('ab '.repeat(30_000), '* * * * * * * ax')).toBeUndefined();
  });

  it('report the reason beside the matched words', () => {
    const [match] = matchRules('We sell it', [
      { ...rule('sell'), why: 'Selling is not for here.' },
    ]);
    expect(match === undefined ? null : signalOf(match)).toEqual({
      rule: 'word-rule',
      span: [3, 7],
      why: 'Selling is not for here.',
    });
  });
});
