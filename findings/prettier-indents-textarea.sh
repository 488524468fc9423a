#!/usr/bin/env bash
# Prettier's Handlebars printer keeps white space in pre, and changes it in textarea.
. "$(dirname "$0")/lib.sh"

packages prettier@3.10.1
expected "white space inside pre and textarea is content and is kept"
seen "inside pre it is kept; inside textarea a separate line is indented, which readers see"

javascript <<'JS'
import prettier from 'prettier';

for (const tag of ['pre', 'textarea']) {
  const source = `<form><p><${tag}>\n{{text}}\n</${tag}></p></form>`;
  console.log(JSON.stringify(await prettier.format(source, { parser: 'glimmer' })));
}
JS

shows <<'OUT'
"<form><p><pre>\n{{text}}\n</pre></p></form>"
"<form><p><textarea>\n      {{text}}\n    </textarea></p></form>"
OUT
