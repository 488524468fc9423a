#!/usr/bin/env bash
# A tag that is not allowed is removed, and for four tags its content as well.
. "$(dirname "$0")/lib.sh"

packages sanitize-html@2.17.5
expected "the content of a tag that is not allowed is kept, except for script and style"
seen "the content of textarea and option is removed as well; that of button and noscript is kept"

javascript <<'JS'
import sanitizeHtml from 'sanitize-html';

for (const tag of ['div', 'button', 'noscript', 'textarea', 'option']) {
  console.log(tag, JSON.stringify(sanitizeHtml(`<${tag}>words</${tag}>`, { allowedTags: [] })));
}
JS

shows <<'OUT'
div "words"
button "words"
noscript "words"
textarea ""
option ""
OUT
