#!/usr/bin/env bash
# Clearing "cache" and "cookies" keeps the caches of a service worker.
. "$(dirname "$0")/lib.sh"

chromium
expected "Clear-Site-Data: \"cache\" empties every cache of the site, including Cache Storage"
seen "only \"storage\" removes Cache Storage and the service worker; \"cache\" is the HTTP cache"

javascript <<'JS'
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const server = createServer((request, response) => {
  const clear = new URL(request.url, 'http://localhost').searchParams.get('clear');
  if (clear !== null) response.setHeader('Clear-Site-Data', clear);
  const script = request.url === '/worker.js';
  response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html');
  response.end(script ? 'addEventListener("fetch", () => undefined)' : '<p>page');
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const site = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM, args: ['--no-sandbox'],
});
for (const clear of ['"cache", "cookies"', '"storage"']) {
  const page = await browser.newPage();
  await page.goto(site);
  await page.evaluate(async () => {
    await (await caches.open('pages')).add('/kept');
    await navigator.serviceWorker.register('/worker.js');
    await navigator.serviceWorker.ready;
    document.cookie = 'a=1';
  });
  await page.goto(`${site}/?clear=${encodeURIComponent(clear)}`);
  const left = await page.evaluate(async () => ({
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookies: document.cookie.length,
  }));
  console.log(clear, JSON.stringify(left));
}
await browser.close();
server.close();
JS

shows <<'OUT'
"cache", "cookies" {"caches":1,"workers":1,"cookies":0}
"storage" {"caches":0,"workers":0,"cookies":3}
OUT
