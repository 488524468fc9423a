import { describe, expect, it } from '@jest/globals';
import { ownWords, withoutQuotedLines } from './own-words.js';

const ANSWERED = [
  'I have been so low since March and I do not know how to say it at home.',
  'Same here.',
];
const left = (text: string): string => ownWords(text, ANSWERED).replace(/\s+/g, ' ').trim();

describe('ownWords', () => {
  it('drops quoted lines of an answered text, cut or whole', () => {
    expect(left('> I have been so low since March\n\nI am glad you said it.')).toBe(
      'I am glad you said it.',
    );
    expect(left('> I’ve been so low since March and I do not know\nThank you.')).not.toContain(
      'so low since March',
    );
  });

  it('drops quotations in quotation marks', () => {
    expect(left('“so low since March” I know that.')).toBe('I know that.');
  });

  it('drops quotations with an apostrophe that the other left out', () => {
    const own = ownWords("“I can't keep on, I've had it.” The right words.", [
      'i cant keep on ive had it',
    ]);
    expect(own.trim()).toBe('The right words.');
    expect(
      ownWords('"i cant keep on ive had it" Yes.', ["I can’t keep on. I've had it."]).trim(),
    ).toBe('Yes.');
  });

  it('drops quotations with one word changed', () => {
    expect(left("'I have been so very low since March' is how I felt.")).toBe('is how I felt.');
    expect(left("'So low since March', you wrote.")).toBe(', you wrote.');
    expect(left("'I can't stand it here' is what I said.")).toContain("can't stand it");
  });

  it('drops a mostly copied sentence, and keeps the next one', () => {
    expect(left('i have been SO low - since march and really do not know how. Me too.')).toBe(
      '. Me too.',
    );
  });

  it('drops a long unmarked copy, and keeps a short echo', () => {
    expect(left('and I do not know how to say it at home. Me neither.')).toBe('. Me neither.');
    expect(left('I have been so low.')).toBe('I have been so low.');
  });

  it('keeps a quoted line that nobody else wrote', () => {
    expect(left('> nobody wrote this here\nYes.')).toBe('> nobody wrote this here Yes.');
  });

  it('preserves positions', () => {
    const text = '> Same here.\nI feel it too 🙂.';
    expect(ownWords(text, ANSWERED)).toHaveLength(text.length);
    expect(ownWords(text, ANSWERED).indexOf('too')).toBe(text.indexOf('too'));
  });

  it('keeps everything if no post is answered', () => {
    expect(ownWords('> Same here.', [])).toBe('> Same here.');
  });
});

describe('withoutQuotedLines', () => {
  it('blanks lines that another post contains', () => {
    const text = '> Same here.\nMine.\n> I have been so low since March';
    const left = withoutQuotedLines(text, ANSWERED);
    expect(left).toHaveLength(text.length);
    expect(left.trim()).toBe('Mine.');
  });

  it('keeps lines that nobody else wrote, or only in part', () => {
    for (const line of ['> ring me at noon', '> Same here, ring me at noon'])
      expect(withoutQuotedLines(line, ANSWERED)).toBe(line);
    expect(withoutQuotedLines('> Same here.', [])).toBe('> Same here.');
  });
});
