#!/usr/bin/env bash
# The printer for Handlebars leaves pre alone and re-indents what stands in a textarea.
. "$(dirname "$0")/lib.sh"

packages prettier@3.10.1
expected "white space inside pre and textarea is text and stays as it is"
seen "inside pre it stays; inside textarea a line of its own is indented, which readers see"

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
