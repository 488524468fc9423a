import { describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { discourseToMarkdown } from './discourse-text.js';
import { importMessages } from './words.js';

describe('a text from Discourse', () => {
  const words = importMessages(new Messages(), 'en');
  const read = (raw: string): string => discourseToMarkdown(raw, words).markdown;

  it.each([
    ['Markdown as it is', '**a** _b_ [c](https://d.example)\n\n- e', null],
    ['images', 'a ![b|690x388, 50%](upload://c.png "d") e', 'a [image left out] e'],
    ['images from elsewhere', '![](https://a.example/b.png)', '[image left out]'],
    ['files', '[a.pdf|attachment](upload://b.pdf) (123.4 KB), c', '[file left out], c'],
    ['films', '![a|video](upload://b.mp4)', '[file left out]'],
    ['HTML', '<b>a</b> <i>b</i> <small>c</small><br>d', '**a** *b* c\nd'],
    ['links in HTML', '<a href="https://a.example/b" class="c">d</a>', '[d](https://a.example/b)'],
    ['other signs', 'a < b > c <3 <unknown>', null],
    ['comments', 'a<!-- b -->c', 'ac'],
    ['code as it is', '`<b>a</b>`\n\n```\n![b](upload://c)\n```', null],
    [
      'dates',
      '[date=2020-05-01 time=10:00:00 timezone="Europe/Paris"]',
      '2020-05-01 10:00:00 Europe/Paris',
    ],
    ['mentions', '@moss_cat :smile:', null],
  ])('keeps %s', (_, raw, expected) => {
    expect(read(raw)).toBe(expected ?? raw);
  });

  it('reports losses and spoilers', () => {
    const text = '![](https://a.example/b.png) [c|attachment](upload://d) [spoiler]e[/spoiler]';
    expect(discourseToMarkdown(text, words)).toMatchObject({
      losses: expect.arrayContaining(['image', 'file']),
      folded: true,
    });
    expect(discourseToMarkdown('a', words)).toEqual({ markdown: 'a', losses: [], folded: false });
  });
});
