#!/usr/bin/env bash
# Text between double asterisks is not always bold.
. "$(dirname "$0")/lib.sh"

packages markdown-it@15.0.3
expected "text between ** and ** is bold"
seen "not if it ends in punctuation and a letter follows: common in Chinese and Japanese"

javascript <<'JS'
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt();
for (const text of ['**Note:** rest', '**Note:**rest', '**Note**rest', '这是**“重要”**的']) {
  console.log(markdown.renderInline(text));
}
JS

shows <<'OUT'
<strong>Note:</strong> rest
**Note:**rest
<strong>Note</strong>rest
这是**“重要”**的
OUT
