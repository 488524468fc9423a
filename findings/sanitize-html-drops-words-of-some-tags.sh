#!/usr/bin/env bash
# A tag that is not allowed loses its tag, and for four tags also its words.
. "$(dirname "$0")/lib.sh"

packages sanitize-html@2.17.5
expected "the words inside a tag that is not allowed are kept, except for script and style"
seen "the words of textarea and option are lost as well; those of button and noscript are kept"

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
