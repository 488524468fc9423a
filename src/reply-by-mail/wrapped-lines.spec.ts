import { describe, expect, it } from '@jest/globals';
import { joinWrapped } from './wrapped-lines.js';

const wrap = (text: string, width: number): string =>
  text.replace(new RegExp(`(?![^\\n]{1,${width}}$)([^\\n]{1,${width}})\\s`, 'g'), '$1\n');
const LONG =
  'I have been thinking about what you wrote, and I would like to say that it was the first time ' +
  'in weeks that somebody asked me how I was, and that I have kept your words beside my bed since.';

describe('joinWrapped', () => {
  it.each([65, 70, 72, 76, 78])('at %s columns are paragraphs again', (width) => {
    const text = `${LONG}\n\n${LONG}`;
    expect(wrap(text, width)).not.toBe(text);
    expect(joinWrapped(wrap(text, width))).toBe(text);
  });

  it.each([
    ['a poem', 'The kettle hums,\nthe window is grey,\nand I am here.'],
    ['a list', `${wrap(LONG, 72)}\n- a walk\n- a cup of tea\n1. sleep\n> quoted`],
    ['an unwrapped paragraph', `${LONG}\nand a line of its own.`],
    ['a short line in between', `${wrap(LONG, 72)}\nYes.\nNo.`],
    ['Japanese', `${'今'.repeat(70)}\n${'朝'.repeat(70)}`],
  ])('leaves lines that their author ended: %s', (_what, text) => {
    const own = text.split('\n').slice(-2).join('\n');
    expect(joinWrapped(text).endsWith(own)).toBe(true);
  });

  it('changes nothing but line breaks', () => {
    const text = wrap(`${LONG}  ${LONG}\n\n- ${LONG}`, 72);
    expect(joinWrapped(text).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });
});
