#!/usr/bin/env bash
# A line of dashes, or a sentence that begins with "Sent from", ends the reply.
. "$(dirname "$0")/lib.sh"

packages email-reply-parser@2.3.7
expected "only the quoted email and the signature of an email client are removed"
seen "everything after a line of dashes, and anything that begins with 'Sent from', is a signature"

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
