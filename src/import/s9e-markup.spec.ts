import { describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { writeMarkdown } from './markdown-writer.js';
import type { Converted } from './markup.js';
import { isS9eXml, mentionedPosts, readS9eXml } from './s9e-markup.js';
import { importMessages } from './words.js';

const WORDS = importMessages(new Messages(), 'en');
const converted = (xml: string): Converted => writeMarkdown(readS9eXml(xml), { words: WORDS });

/** Output of s9e/TextFormatter 2.19, with the tags of phpBB 3.3 and of Flarum. */
const MADE = [
  [
    'plain text with a smiley',
    '<r>plain text<br/>\nwith *two* lines <E>:)</E></r>',
    'plain text\nwith \\*two\\* lines :)',
  ],
  [
    'plain text',
    '<t>1 &lt; 2 &amp; 3<br/>\n<br/>\n# no heading</t>',
    '1 < 2 & 3\n\n\\# no heading',
  ],
  [
    'codes and quotations',
    '<r><B><s>[b]</s>a<e>[/b]</e></B> [i]b <QUOTE author="Anna" post_id="3" time="12" user_id="2">' +
      '<s>[quote=Anna post_id=3 time=12 user_id=2]</s>x\n<QUOTE><s>[quote]</s>y<e>[/quote]</e></QUOTE>' +
      '<e>[/quote]</e></QUOTE>\n\n<LIST type="decimal"><s>[list=1]</s><LI><s>[*]</s>one</LI>\n' +
      '<LI><s>[*]</s>two</LI><e>[/list]</e></LIST></r>',
    '**a** [i]b\n\n> Anna wrote:\n>\n> x\n>\n> > y\n\n1. one\n2. two',
  ],
  [
    'code, links and a long address',
    '<r><CODE><s>[code]</s>a &lt;b&gt;\n  c<e>[/code]</e></CODE> ' +
      '<URL url="http://www.example.org">www.example.org</URL> <URL url="https://a.example/x_y">' +
      '<LINK_TEXT text="a.example/…">https://a.example/x_y</LINK_TEXT></URL> ' +
      '<EMAIL email="a@b.example">a@b.example</EMAIL></r>',
    '```\na <b>\n  c\n```\n\n[www.example.org](http://www.example.org) https://a.example/x_y a@b.example',
  ],
  [
    'Markdown',
    '<r><H1><s># </s>Head</H1>\n\n<p>Hello <EM><s>*</s>you<e>*</e></EM> <C><s>`</s>c<e>`</e></C>,<br/>\n' +
      'next <EMOJI seq="1f642" tseq="1f642">:)</EMOJI> <ESC><s>\\</s>*</ESC></p>\n\n' +
      '<QUOTE><i>&gt; </i><p>quote<br/>\n<i>&gt; </i>more</p></QUOTE>\n\n' +
      '<CODE lang="js"><s>```js</s><i>\n</i>let x;<i>\n</i><e>```</e></CODE>\n\n<HR>---</HR>\n\n' +
      '<LIST start="3" type="decimal"><LI><s>3. </s>c</LI>\n<LI><s>4. </s>d</LI></LIST></r>',
    '# Head\n\nHello _you_ `c`,\nnext 🙂 \\*\n\n> quote\n> more\n\n```js\nlet x;\n```\n\n---\n\n3. c\n4. d',
  ],
  [
    'mentions',
    '<r><p><POSTMENTION discussionid="1" displayname="Anna Bell" id="5" number="3">@"Anna Bell"#p5' +
      '</POSTMENTION> and <USERMENTION displayname="Ben" id="2">@"Ben"#2</USERMENTION></p></r>',
    '@Anna Bell and @Ben',
  ],
] as const;

describe('the XML of s9e', () => {
  it.each(MADE)('becomes Markdown: %s', (_what, xml, markdown) => {
    expect(isS9eXml(xml)).toBe(true);
    expect(converted(xml)).toEqual({ markdown, losses: [] });
  });

  it('reports losses', () => {
    const xml =
      '<r><IMG alt="a cat" src="https://a.example/x.png"><s>![</s>a cat<e>](https://a.example/x.png)</e>' +
      '</IMG> <ATTACHMENT filename="f.pdf" index="0"><s>[attachment=0]</s>f.pdf<e>[/attachment]</e>' +
      '</ATTACHMENT> <WOBBLE><s>[wobble]</s>w<e>[/wobble]</e></WOBBLE> ' +
      '<ISPOILER><s>&gt;!</s>sp<e>!&lt;</e></ISPOILER><UPL-FILE url="x"/></r>';
    expect(converted(xml)).toEqual({
      markdown:
        '[image left out] (a cat) [file left out] w\n\n> Hidden until opened:\n>\n> sp\n\n[file left out]',
      losses: ['image', 'file', 'unknown-markup', 'spoiler', 'file'],
    });
  });

  it('keeps the text of damaged or too deeply nested markup', () => {
    expect(converted('<r><B><s>[b]</s>a</r>').markdown).toBe('**a**');
    expect(converted(`<r>${'<QUOTE>'.repeat(5_000)}deep`).markdown).toContain('deep');
    expect(isS9eXml('read <b>this</b>')).toBe(false);
  });

  it('reports the mentioned posts', () => {
    expect(mentionedPosts(MADE[5][1])).toEqual([{ id: '5', discussion: '1' }]);
  });
});
