import { describe, expect, it } from '@jest/globals';
import { randomFor } from '../seed/random.js';
import { bodyHtml, excerpt, renderMarkdown, withoutQuotes } from './markdown.js';

const HOSTILE = [
  '<script>alert(1)</script>',
  '<ScRiPt src=//evil.example></sCrIpT>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>1</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\nscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](data:text/html,<script>1</script>)',
  '[x](vbscript:x)',
  '[x](//evil.example)',
  '![x](http://evil.example/x.png)',
  '![x](x"onerror="alert(1))',
  '[x](http://a.example "onmouseover=alert(1)")',
  "[x](http://a.example'onclick='alert(1))",
  '<http://a.example/"onclick="alert(1)>',
  '`<script>alert(1)</script>`',
  '```\n<script>alert(1)</script>\n```',
  '<style>*{display:none}</style>',
  '<form action=//evil.example><input name=password>',
  '<base href=//evil.example>',
  '<meta http-equiv=refresh content=0>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<x onpointerenter=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<object data=//evil.example>',
  '<embed src=//evil.example>',
  '<link rel=stylesheet href=//evil.example>',
  '| a |\n|---|\n| <b onclick=alert(1)>x</b> |',
  '<p style="position:fixed">x</p>',
  '<div id="post-1" class="notice">x</div>',
];

/** Matches output that contains only allowed elements with only allowed attributes. */
const SAFE =
  /^(?:[^<>]|<\/?(?:p|br|em|strong|s|blockquote|ul|ol|li|code|pre|hr|h3|h4|h5) ?\/?>|<ol start="\d+">|<a href="(?:https?:|tel:|sms:|\/)[^"<>]*" rel="nofollow ugc noopener noreferrer" class="out">|<\/a>)*$/;

describe('prose by people who do not know Markdown', () => {
  it.each([
    ['I am tired\n---\nand so on', '<p>I am tired</p>\n<hr />\n<p>and so on</p>'],
    ['I am tired\n===\nand so on', '<p>I am tired<br />\n===<br />\nand so on</p>'],
    ['Hello\n\n    Indented, as in a letter.', '<p>Hello</p>\n<p>Indented, as in a letter.</p>'],
    ['\tBegun with a tab', '<p>Begun with a tab</p>'],
  ])('stays prose: %j', (text, html) => expect(bodyHtml(text)).toBe(html));

  it.each([
    ['これは**大事です。**でも', '<p>これは<strong>大事です。</strong>でも</p>'],
    ['**「眠れない」**と言う', '<p><strong>「眠れない」</strong>と言う</p>'],
    ['이것은**"중요"**합니다', '<p>이것은<strong>&quot;중요&quot;</strong>합니다</p>'],
  ])('is bold next to Chinese, Japanese and Korean punctuation: %s', (text, html) =>
    expect(bodyHtml(text).replaceAll('"', '&quot;')).toBe(html),
  );

  it('has headings and code if it contains their markers', () => {
    expect(bodyHtml('## A heading')).toBe('<h4>A heading</h4>');
    expect(bodyHtml('```\ncode\n```')).toBe('<pre><code>code\n</code></pre>');
  });
});

describe('bodyHtml', () => {
  it('keeps paragraphs, emphasis, quotations and lists', () => {
    const html = bodyHtml(
      'One **strong** and *soft* line\nand the next\n\n> quoted\n\n- a\n- b\n\n3. third',
    );
    for (const part of [
      '<strong>strong</strong>',
      '<em>soft</em>',
      '<br',
      '<blockquote>',
      '<ul>',
      '<ol start="3">',
    ])
      expect(html).toContain(part);
    expect(html).toMatch(SAFE);
  });

  it('puts headings below the post’s own', () => {
    expect(bodyHtml('# One\n\n## Two')).toBe('<h3>One</h3>\n<h4>Two</h4>');
  });

  it('marks links as external, and does not link email addresses', () => {
    expect(bodyHtml('https://example.org/x')).toContain(
      '<a href="https://example.org/x" rel="nofollow ugc noopener noreferrer" class="out">',
    );
    expect(bodyHtml('me@example.org and example.org')).not.toContain('<a');
  });

  it.each(HOSTILE)('sanitises %s', (text) => {
    const html = bodyHtml(text);
    expect(html).toMatch(SAFE);
  });

  it("takes time linear in the text's length", () => {
    for (const nest of [
      '>'.repeat(10_000),
      '['.repeat(10_000),
      '*a '.repeat(5_000),
      '- '.repeat(5_000),
    ]) {
      // CPU time of this process, which is independent of other load on the machine.
      const began = process.cpuUsage();
      expect(bodyHtml(nest).length).toBeGreaterThan(0);
      expect(process.cpuUsage(began).user / 1_000).toBeLessThan(10_000);
    }
  });
});

describe('withoutQuotes', () => {
  it("removes quoted lines and keeps the author's own", () => {
    expect(withoutQuotes('first\n\n> older words\n>\n  > deeper\nlast > first')).toBe(
      'first\n\nlast > first',
    );
    expect(withoutQuotes('> nothing else')).toBe('');
  });
});

describe('excerpt', () => {
  it('contains no markup, ends at a word, and shows that the text continues', () => {
    expect(excerpt('# A **title**\n\n> and [more](x)')).toBe('A title and more x');
    const cut = excerpt('several words that go on and on', 15);
    expect(cut).toBe('several words …');
  });
});

describe('a text without markup', () => {
  it('has the HTML that rendering it gives', () => {
    const random = randomFor(17, 'plain');
    const pieces = [
      'word',
      'Ünï',
      '語',
      'й',
      ' ',
      '  ',
      '\n',
      '\n\n',
      '\n\n\n',
      '. ',
      '.',
      ', ',
      '1.',
    ];
    const signs = Array.from(
      '-+=#!?:;()"\'“”‘’…–%$^{}*_`~[]\\<>&@/|1a\t\u00a0\u2028\u200b\ufeff\u3000😀é',
    );
    let plain = 0;
    for (let round = 0; round < 6_000; round += 1) {
      const text = Array.from({ length: 1 + random.below(9) }, () =>
        random.below(5) > 0 ? random.pick(pieces) : random.pick(signs),
      ).join('');
      expect([text, bodyHtml(text)]).toEqual([text, renderMarkdown(text)]);
      if (/^\w[\w. ,]*$/.test(text)) plain += 1;
    }
    expect(plain).toBeGreaterThan(100);
  });

  it.each([
    'I hear you. It took me (and my "other" half) years: well-being is slow; see you!',
    'One line\nand the next\n\nThen a paragraph…\n\n\n“And another”, 50 % of it',
    'http: is no link, and nor is example.com',
  ])('is not changed by the shorter way: %j', (text) => {
    expect(bodyHtml(text)).toBe(renderMarkdown(text));
    expect(bodyHtml(text)).not.toContain('&quot;');
  });
});
