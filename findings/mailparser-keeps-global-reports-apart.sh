#!/usr/bin/env bash
# A delivery report in the format of RFC 6533 is an attachment, one of RFC 3464 is part of the text.
. "$(dirname "$0")/lib.sh"

packages mailparser@3.14.2
expected "without keepDeliveryStatus, both formats are treated alike"
seen "message/delivery-status joins the text, message/global-delivery-status is an attachment"

javascript <<'JS'
import { simpleParser } from 'mailparser';

for (const type of ['delivery-status', 'global-delivery-status']) {
  const { text, attachments } = await simpleParser([
    'From: a@example.org',
    'Content-Type: multipart/report; boundary=b', '',
    '--b', 'Content-Type: text/plain', '', 'It did not arrive.',
    '--b', `Content-Type: message/${type}`, '', 'Action: failed',
    '--b--', '',
  ].join('\r\n'));
  console.log(type, JSON.stringify({ text, attachments: attachments.length }));
}
JS

shows <<'OUT'
delivery-status {"text":"It did not arrive.\nAction: failed","attachments":0}
global-delivery-status {"text":"It did not arrive.","attachments":1}
OUT
