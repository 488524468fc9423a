#!/usr/bin/env bash
# The line after a quotation is part of the quotation.
. "$(dirname "$0")/lib.sh"

packages markdown-it@15.0.3
expected "a line without '>' is outside the quotation, as in an email client"
seen "it is inside, with breaks enabled, too; only an empty line ends the quotation"

javascript <<'JS'
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ breaks: true });
const html = (text) => console.log(markdown.render(text).replace(/\n/g, ''));
html('> You will manage.\nI do not believe her.');
html('> You will manage.\n\nI do not believe her.');
JS

shows <<'OUT'
<blockquote><p>You will manage.<br>I do not believe her.</p></blockquote>
<blockquote><p>You will manage.</p></blockquote><p>I do not believe her.</p>
OUT
