#!/usr/bin/env bash
# A partial on a line of its own indents the values in it, not only its template.
. "$(dirname "$0")/lib.sh"

packages handlebars@4.7.10
expected "the white space before a partial indents the lines of the partial's template"
seen "it also indents every line of the values: text in a textarea grows each time it is saved"

javascript <<'JS'
import Handlebars from 'handlebars';

const render = (source, options) => {
  const handlebars = Handlebars.create();
  handlebars.registerPartial('field', '<textarea>{{text}}</textarea>\n');
  const html = handlebars.compile(source, options)({ text: 'one\ntwo' });
  console.log(JSON.stringify(html));
};
render('<form>\n    {{> field}}\n</form>');
render('<form>\n    {{> field}}\n</form>', { preventIndent: true });
JS

shows <<'OUT'
"<form>\n    <textarea>one\n    two</textarea>\n</form>"
"<form>\n    <textarea>one\ntwo</textarea>\n</form>"
OUT
