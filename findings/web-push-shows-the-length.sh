#!/usr/bin/env bash
# An encrypted push message reveals its length, and may exceed the limit of push services.
. "$(dirname "$0")/lib.sh"

packages web-push@3.6.7
expected "messages are padded to one size, and more than 4096 bytes are rejected"
seen "each body is its text plus 103 bytes, at any length: padding is left to the sender"

javascript <<'JS'
import { createECDH, randomBytes } from 'node:crypto';
import webPush from 'web-push';

const keys = createECDH('prime256v1');
const subscription = {
  endpoint: 'https://push.example.org/1',
  keys: {
    p256dh: keys.generateKeys('base64url'),
    auth: randomBytes(16).toString('base64url'),
  },
};
const vapidDetails = { subject: 'mailto:team@example.org', ...webPush.generateVAPIDKeys() };
for (const length of [2, 200, 5000]) {
  const text = 'x'.repeat(length);
  const { body } = webPush.generateRequestDetails(subscription, text, { vapidDetails });
  console.log(`${length} characters: ${body.length} bytes`);
}
JS

shows <<'OUT'
2 characters: 105 bytes
200 characters: 303 bytes
5000 characters: 5120 bytes
OUT
