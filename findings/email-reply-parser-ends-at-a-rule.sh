#!/usr/bin/env bash
# A dashed line between two thoughts, or a sentence about where one is, ends the answer.
. "$(dirname "$0")/lib.sh"

packages email-reply-parser@2.3.7
expected "only the quoted mail and the signature of a mail program are left out"
seen "all that follows a line of dashes, or begins with 'Sent from', is taken for a signature"

javascript <<'JS'
import EmailReplyParser from 'email-reply-parser';

const visible = (text) => JSON.stringify(new EmailReplyParser().read(text).getVisibleText().trim());
console.log(visible('The first thought.\n\n---\n\nThe second thought.'));
console.log(visible('The first thought.\n\n***\n\nThe second thought.'));
console.log(visible('I am better.\n\nSent from the clinic to my sister on Friday, I am home now.'));
JS

shows <<'OUT'
"The first thought."
"The first thought.\n\n***\n\nThe second thought."
"I am better."
OUT
