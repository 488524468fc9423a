#!/usr/bin/env bash
# V8 accepts compiled code only under the options it was compiled with. Some options of the garbage
# collector count among them, so that Node's compile cache, filled without them, does not serve.
. "$(dirname "$0")/lib.sh"

packages node@24.21.0
expected "compiled code depends on the version of V8; a limit of memory or how the heap grows does not matter"
seen "the size of the heap does not matter, but --heap-growing-percent and --expose-gc do: Node keeps a second copy"

javascript <<'JS'
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import v8 from 'node:v8';

writeFileSync('work.cjs', 'exports.sum = (a, b) => a + b;\n'.repeat(200));
writeFileSync('main.cjs', "require('./work.cjs');\n");

const tag = (...options) =>
  execFileSync(process.execPath, [...options, '-p', 'v8.cachedDataVersionTag()'], {
    encoding: 'utf8',
  }).trim();
const plain = tag();
console.log(`same in this process: ${String(v8.cachedDataVersionTag()) === plain}`);
const all = [
  '--max-old-space-size=700',
  '--max-semi-space-size=4',
  '--heap-growing-percent=25',
  '--expose-gc',
];
for (const option of all) console.log(`${option}: ${tag(option) === plain ? 'same' : 'another'}`);

const env = { ...process.env, NODE_COMPILE_CACHE: 'cache' };
for (const options of [[], ['--max-old-space-size=700'], ['--heap-growing-percent=25']]) {
  execFileSync(process.execPath, [...options, 'main.cjs'], { env });
  console.log(`caches after ${options[0] ?? 'no option'}: ${readdirSync('cache').length}`);
}
JS

shows <<'OUT'
same in this process: true
--max-old-space-size=700: same
--max-semi-space-size=4: same
--heap-growing-percent=25: another
--expose-gc: another
caches after no option: 1
caches after --max-old-space-size=700: 1
caches after --heap-growing-percent=25: 2
OUT
