#!/usr/bin/env bash
# Capitals from a style sheet appear in the accessible name.
. "$(dirname "$0")/lib.sh"

chromium
expected "text-transform only affects the appearance: the accessible name is the text as written"
seen "the name is in capitals, which some screen readers spell out; font-variant does not change it"

javascript <<'JS'
import { chromium } from 'playwright-core';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM, args: ['--no-sandbox'],
});
const page = await browser.newPage();
const tools = await page.context().newCDPSession(page);
const styles = [
  'text-transform: none', 'text-transform: uppercase', 'font-variant: all-small-caps',
];
for (const style of styles) {
  await page.setContent(`<button style="${style}">Get it off</button>`);
  const { nodes } = await tools.send('Accessibility.getFullAXTree');
  console.log(style, '->', nodes.find(({ role }) => role.value === 'button').name.value);
}
await browser.close();
JS

shows <<'OUT'
text-transform: none -> Get it off
text-transform: uppercase -> GET IT OFF
font-variant: all-small-caps -> Get it off
OUT
