import { describe, expect, it } from '@jest/globals';
import { bodyHtml } from '../content/markdown.js';
import { Messages } from '../i18n/messages.js';
import { bbcodeToMarkdown, parseBbcode, quotedPostIds } from './bbcode.js';
import { importMessages } from './words.js';

const WORDS = importMessages(new Messages(), 'en');
const markdown = (text: string): string => bbcodeToMarkdown(text, WORDS).markdown;
const losses = (text: string): string[] => bbcodeToMarkdown(text, WORDS).losses;
const inMarkdown = (text: string): string =>
  bbcodeToMarkdown(text, WORDS, { markdown: true }).markdown;

/** A paragraph as displayed. */
function shown(text: string): string {
  return bodyHtml(text)
    .replace(/<br \/>\n?/g, '\n')
    .replace(/<\/p>\n*<p>/g, '\n\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

describe('BBCode', () => {
  it.each([
    ['marks', '[b]a[/b] [i]b[/i] [s]c[/s] [B]D[/B]', '**a** _b_ ~~c~~ **D**'],
    ['marks within marks', '[b]a [i]b[/i][/b]', '**a** **_b_**'],
    ['marks within a word', 'un[i]be[/i]lievable', 'un*be*lievable'],
    ['spaces at the edge of a mark', 'a[b] b [/b]c', 'a **b** c'],
    ['a sign between mark and letter', '[b]"a"[/b]b', '**"a**"b'],
    ['a mark over two paragraphs', '[b]a\n\nb[/b]', '**a**\n\n**b**'],
    ['marks that overlap', '[b]a[i]b[/b]c[/i]', '**a*****b***c'],
    ['links', '[url=https://a.example/x]b[/url]', '[b](https://a.example/x)'],
    ['bare links', '[url]https://a.example/x_y[/url].', 'https://a.example/x_y.'],
    [
      'links with brackets',
      '[url=https://a.example/x_(y)]b[/url]',
      '[b](https://a.example/x_%28y%29)',
    ],
    ['hosts', '[url]www.a.example[/url]', '[www.a.example](http://www.a.example)'],
    ['lists', '[list][*]a[*]b[/list]', '- a\n- b'],
    ['numbered lists', '[list=1]\n[*]a\n[*]b\n[/list]', '1. a\n2. b'],
    ['lists in lists', '[list][*]a[list=a][*]b[/list][*]c[/list]', '- a\n\n  1. b\n\n- c'],
    ['two lists', '[list][*]a[/list][list][*]b[/list]', '- a\n\n* b'],
    ['code', '[code]a [b]b[/b]\n  *c*[/code]', '```\na [b]b[/b]\n  *c*\n```'],
    ['code with a fence', '[code]```[/code]', '````\n```\n````'],
    ['quotations', '[quote]a\n\nb[/quote]c', '> a\n>\n> b\n\nc'],
    ['quotations of somebody', '[quote=Anna Bell]a[/quote]', '> Anna Bell wrote:\n>\n> a'],
    ['quotations with a bracket', '[quote="A]n"]a[/quote]', '> A]n wrote:\n>\n> a'],
    ['quotations of quotations', '[quote]a[quote]b[/quote][/quote]', '> a\n>\n> > b'],
    ['quotations with an id', '[quote=Anna post_id=3 time=9]a[/quote]', '> Anna wrote:\n>\n> a'],
    ['spoilers', '[spoiler]a[/spoiler]', '> Hidden until opened:\n>\n> a'],
    ['tables', '[table][tr][td]a[/td][td]b[/td][/tr][/table]', 'a | b'],
    ['looks', '[size=150][color=red]a[/color][/size]', 'a'],
    ['mail addresses', '[email]a@b.example[/email]', 'a@b.example'],
    ['rules', 'a[hr]b', 'a\n\n---\n\nb'],
  ])('becomes Markdown: %s', (_what, text, wanted) => {
    expect(markdown(text)).toBe(wanted);
  });

  it.each([
    ['images', '[img]https://a.example/b.png[/img]', '[image left out]', ['image']],
    ['files', '[attachment=0]b.pdf[/attachment]', '[file left out]', ['file']],
    ['links nobody may follow', '[url=javascript:a]b[/url]', 'b', ['link']],
    ['looks', '[color=red]a[/color]', 'a', ['look']],
    ['films', '[youtube]a1b2[/youtube]', 'a1b2', ['media']],
  ])('reports losses: %s', (_what, text, wanted, lost) => {
    expect(bbcodeToMarkdown(text, WORDS)).toEqual({ markdown: wanted, losses: lost });
  });

  it.each([
    '[sic]',
    '[1]',
    '[b]no end',
    'no beginning[/b]',
    '[quote="a',
    '[code]a',
    '[*] a',
    '[/*]',
  ])('leaves other text unchanged: %s', (text) => {
    expect(shown(markdown(text))).toBe(text);
    expect(losses(text)).toEqual([]);
  });

  it('keeps plain text unchanged, whatever characters it contains', () => {
    const pieces = [
      ...[
        '*',
        '**',
        '_',
        '__',
        '`',
        '~~',
        '~',
        '[a]',
        '(b)',
        '](',
        '[',
        ']',
        '<',
        '>',
        '&',
        '&amp;',
      ],
      ...['\\', '#', '# ', '-', '- ', '+ ', '1.', '1. ', '12) ', '> ', '---', '***', '___', '```'],
      ...['=', '===', '<b>', '<http:', '<3', 'word', 'two words', ' ', '\n', '\n', '!', '![', ': '],
      ...['"', "'", '.', 'é', '日本', '😀', '|', '|-|', '@', 'a_b', '\\o/', '&#35;', '://', '_x_'],
    ];
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let round = 0; round < 1_500; round += 1) {
      const text = Array.from({ length: 1 + next(12) }, () => pieces[next(pieces.length)]).join('');
      const tidy = text
        .split('\n')
        .map((line) => line.trim())
        .join('\n')
        .replace(/\n{2,}/g, '\n\n')
        .trim();
      expect({ text, shown: shown(markdown(text)) }).toEqual({ text, shown: tidy });
    }
  });

  it('keeps the text of tags that are nested too deeply', () => {
    const deep = `${'[quote]'.repeat(60)}deep${'[/quote]'.repeat(60)}`;
    expect(shown(markdown(deep))).toContain('deep');
    expect(shown(markdown(`${'[list][*]'.repeat(30)}deep${'[/list]'.repeat(30)}`))).toContain(
      'deep',
    );
  });

  it('is converted within Markdown, which stays unchanged', () => {
    expect(
      inMarkdown('*a*\n\n[quote="A, post:1, topic:2"]\n- x\n- `[b]y[/b]`\n[/quote]\n\n1. [b]z[/b]'),
    ).toBe('*a*\n\n> A wrote:\n>\n> - x\n> - `[b]y[/b]`\n\n1. **z**');
    expect(inMarkdown('```\n[b]a[/b]\n```\n    [i]b[/i]')).toBe('```\n[b]a[/b]\n```\n    _b_');
  });

  it('reports the quoted posts, except nested quotations', () => {
    const text =
      '[quote=A post_id=3]a[quote=B post_id=4]b[/quote][/quote] [b][quote="C" post_id="5"]c[/quote][/b]';
    expect(quotedPostIds(parseBbcode(text))).toEqual(['3', '5']);
  });
});
