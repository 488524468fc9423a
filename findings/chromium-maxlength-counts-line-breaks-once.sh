#!/usr/bin/env bash
# A text within maxlength can be longer when it arrives at the server.
. "$(dirname "$0")/lib.sh"

chromium
expected "a textarea with maxlength sends at most that many characters"
seen "maxlength counts a line break as one character; the form sends it as two, CR and LF"

javascript <<'JS'
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

let sent = '';
const server = createServer((request, response) => {
  request.on('data', (data) => { sent += data; });
  response.setHeader('Content-Type', 'text/html');
  request.on('end', () => response.end(
    `<form method="post">
      <textarea name="text" maxlength="5"></textarea><button>Send</button></form>`,
  ));
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM, args: ['--no-sandbox'],
});
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}`);
await page.locator('textarea').pressSequentially('a\nb\nc');
const [valid, length] = await page.evaluate(() => [
  document.forms[0].checkValidity(), document.querySelector('textarea').value.length,
]);
console.log('valid:', valid);
console.log('in the page:', length);
await page.click('button');
await page.waitForLoadState();
const text = new URLSearchParams(sent).get('text');
console.log('at the server:', text.length, JSON.stringify(text));
await browser.close();
server.close();
JS

shows <<'OUT'
valid: true
in the page: 5
at the server: 7 "a\r\nb\r\nc"
OUT
