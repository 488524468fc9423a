#!/usr/bin/env bash
# Two asterisks do not always make bold.
. "$(dirname "$0")/lib.sh"

packages markdown-it@15.0.3
expected "what stands between ** and ** is bold"
seen "not where it ends in a mark and a letter follows: common in Chinese and Japanese"

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
