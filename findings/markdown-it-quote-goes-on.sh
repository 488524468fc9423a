#!/usr/bin/env bash
# The line after a quotation belongs to the quotation, whoever said it.
. "$(dirname "$0")/lib.sh"

packages markdown-it@15.0.3
expected "a line without '>' stands outside the quotation, as it does in a mail program"
seen "it stands inside, with breaks on too; only an empty line ends the quotation"

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
