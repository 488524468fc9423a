import { describe, expect, it } from '@jest/globals';
import { htmlText } from './html-text.js';

describe('htmlText', () => {
  it.each<[string, string, string]>([
    ['paragraphs', '<p>One,\r\n one.</p>\n<p>Two.</p>', 'One, one.\n\nTwo.'],
    [
      'lines of Gmail',
      'One<div>Two</div><div><br></div><div>Three</div>four',
      'One\nTwo\n\nThree\nfour',
    ],
    ['breaks', 'a<br>b<br/><br>c', 'a\nb\n\nc'],
    ['names that every object has', '<constructor>a</constructor><tostring>b</tostring>c', 'abc'],
    ['lists', '<ul><li>tea</li><li>walk</ul><ol><li>x<li>y</ol>', '* tea\n* walk\n\n1. x\n2. y'],
    ['a quotation', 'I do.<blockquote>A<p>B</p></blockquote>C', 'I do.\n\n> A\n>\n> B\n\nC'],
    ['cells', '<table><tr><td>l</td><td>r</td></tr><tr><td>x</td></tr></table>', 'l r\nx'],
    ['marks in words', 'so <b>ti</b>red <i>of it</i>', 'so tired of it'],
    ['preformatted text', '<pre>  a\n    b\n\nc</pre>', '  a\n    b\n\nc'],
    ['a rule', 'a<hr>b', 'a\n\n--------------------\n\nb'],
    [
      'a link',
      '<a href="https://x.example/?a=1&amp;b=2">here</a>.',
      'here [https://x.example/?a=1&b=2].',
    ],
    [
      'a link that is its own name',
      '<a href="https://x.example">https://x.example</a>',
      'https://x.example',
    ],
    ['a picture that is a sign', 'so <img src="x.png" alt="😢"> tired', 'so 😢 tired'],
    [
      'signs',
      '&eacute;&#x1F600;&nbsp;&lt;b&gt; &#146; &unknown; AT&T &amp',
      'é😀 <b> ’ &unknown; AT&T &',
    ],
    [
      'what is not shown',
      '<title>t</title><style>p{}</style><!-- c --><?xml x?>words<script>s</script>',
      'words',
    ],
    ['an end of a tag in an attribute', '<p title="a > b">words</p>', 'words'],
  ])('keeps %s', (_what, html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it.each<[string, string]>([
    ['a sign that is no tag', 'a < b and words'],
    ['a comment without an end', '<!-- words'],
    ['a quotation mark without an end', '<p title="x>words</p>'],
    ['a style without an end', '<style>words'],
    ['a tag without an end', 'a <b words'],
    ['many open elements', `${'<div>'.repeat(5_000)}words`],
    ['many open quotations', `${'<blockquote>'.repeat(5_000)}words`],
  ])('loses no words to %s', (_what, html) => {
    expect(htmlText(html)).toContain('words');
  });
});
