import { describe, expect, it } from '@jest/globals';
import { bodyHtml, mentionsIn } from './markdown.js';

const LINKED = new Map([
  ['mia', 'Mia'],
  ['quiet-lamp', 'quiet-lamp'],
]);
const MIA = '<a href="/@Mia" class="mention">';

describe('mentions in a text', () => {
  it.each([
    ['Hello @mia', `<p>Hello ${MIA}@mia</a></p>`],
    ['@MIA, thank you', `<p>${MIA}@MIA</a>, thank you</p>`],
    ['(@mia)', `<p>(${MIA}@mia</a>)</p>`],
    ['**@mia**', `<p><strong>${MIA}@mia</a></strong></p>`],
    ['@mia.', `<p>${MIA}@mia</a>.</p>`],
    [
      '@mia and @quiet-lamp',
      `<p>${MIA}@mia</a> and <a href="/@quiet-lamp" class="mention">@quiet-lamp</a></p>`,
    ],
  ])('become links: %s', (text, html) => {
    expect(bodyHtml(text, LINKED)).toBe(html);
  });

  it.each([
    '@nobody-here',
    'me@mia',
    'write to someone@mia.example',
    '@mia@example.org',
    '@miaow',
    '@mia-',
    '`@mia`',
    '```\n@mia\n```',
    '> @mia said so',
    '[@mia](https://example.org)',
    'https://example.org/@mia',
    '/@mia',
  ])('stay plain text: %s', (text) => {
    expect(bodyHtml(text, LINKED)).toBe(bodyHtml(text));
    expect(bodyHtml(text, LINKED)).not.toContain('class="mention"');
  });

  it('become links only if the caller passes the linked handles', () => {
    expect(bodyHtml('Hello @mia')).toBe('<p>Hello @mia</p>');
  });

  it('cannot be forged by a Markdown link', () => {
    expect(bodyHtml('[@mia](/@mia)', LINKED)).not.toContain('"mention"');
  });

  it('are found in text order, without duplicates', () => {
    expect(mentionsIn('@Mia, @bob and @mia; not `@cy` nor a@dan.example')).toEqual(['mia', 'bob']);
    expect(mentionsIn('> @mia\n\nnone')).toEqual([]);
    expect(mentionsIn('no sign at all')).toEqual([]);
  });
});
