import { describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { fromForeignMarkdown } from './foreign-markdown.js';
import { importMessages } from './words.js';

const WORDS = importMessages(new Messages(), 'en');

describe('Markdown of another forum', () => {
  it.each([
    ['marks', '**a** __b__ *c* _d_ ~~e~~', '**a** **b** _c_ _d_ ~~e~~'],
    ['signs that are none', '1\\. a\\*b [c] snake_case', '1\\. a\\*b [c] snake_case'],
    ['line breaks', 'a\nb  \nc', 'a\nb\nc'],
    ['headings', 'a\n===\n\nb\n---\n\n### c', '# a\n\n## b\n\n### c'],
    ['code', '`` a`b ``\n\n    c\n\n```js\nd\n```', '``a`b``\n\n```\nc\n```\n\n```js\nd\n```'],
    ['lists', '3) a\n4) b\n\n+ c\n  - d', '3. a\n4. b\n\n* c\n\n  - d'],
    ['quotations', '> a\n> > b', '> a\n>\n> > b'],
    [
      'links',
      '[a](https://b.example "c") <https://d.example>',
      '[a](https://b.example) https://d.example',
    ],
    ['references', '[a][1]\n\n[1]: https://b.example', '[a](https://b.example)'],
    ['HTML, which is text', '<b>a</b>', '\\<b>a\\</b>'],
  ])('becomes ours: %s', (_what, text, wanted) => {
    expect(fromForeignMarkdown(text, WORDS)).toEqual({ markdown: wanted, losses: [] });
  });

  it.each([
    ['images', '![a cat](/b.png)', '[image left out] (a cat)', 'image'],
    ['tables', '| a | b |\n|---|---|\n| c | d |', 'a | b\n\nc | d', 'table'],
    ['addresses within the old forum', '[a](/topic/1)', 'a', 'link'],
  ])('reports losses: %s', (_what, text, markdown, lost) => {
    expect(fromForeignMarkdown(text, WORDS)).toEqual({ markdown, losses: [lost] });
  });
});
