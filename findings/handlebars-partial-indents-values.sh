#!/usr/bin/env bash
# A partial on a line of its own indents what people wrote, not only the template.
. "$(dirname "$0")/lib.sh"

packages handlebars@4.7.10
expected "the white space before a partial indents the lines of the partial's template"
seen "it indents every line of the values too: a text in a textarea grows at each saving"

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
