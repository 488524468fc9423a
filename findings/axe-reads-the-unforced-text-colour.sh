#!/usr/bin/env bash
# In forced colours, axe compares the author's text colour with the forced background.
. "$(dirname "$0")/lib.sh"

chromium
packages axe-core@4.14.1
expected "in forced colours the contrast of the colours that are painted is checked"
seen "axe reads -webkit-text-fill-color, which Chromium computes as if nothing was forced"

javascript <<'JS'
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM, args: ['--no-sandbox'],
});
const page = await browser.newPage({ forcedColors: 'active' });
await page.setContent(
  '<html lang="en"><title>A page</title><main><p style="background:#115;color:#ffd">Hello</p>',
);
await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
const style = await page.$eval('p', (text) => ({
  color: getComputedStyle(text).color,
  fill: getComputedStyle(text).webkitTextFillColor,
}));
const { violations } = await page.evaluate(() => globalThis.axe.run());
const { fgColor, bgColor, contrastRatio } = violations[0].nodes[0].any[0].data;
console.log('computed', JSON.stringify(style));
console.log('axe', JSON.stringify({ fgColor, bgColor, contrastRatio }));
await browser.close();
JS

shows <<'OUT'
computed {"color":"rgb(0, 0, 0)","fill":"rgb(255, 255, 221)"}
axe {"fgColor":"#ffffdd","bgColor":"#ffffff","contrastRatio":1.01}
OUT
