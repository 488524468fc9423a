#!/usr/bin/env bash
# V8 allocates a function that the source assigns to a property, or a getter of an object literal,
# in the old generation. Whatever it refers to survives all collections of the young generation.
. "$(dirname "$0")/lib.sh"

packages node@24.21.0
expected "an object that nothing refers to any more is gone after a collection of the young generation"
seen "not if a function that was written as 'object.name = () => …' or as a getter refers to it"

javascript <<'JS'
import v8 from 'node:v8';
import vm from 'node:vm';

v8.setFlagsFromString('--expose-gc');
const gc = vm.runInNewContext('gc');

const ways = {
  'property of a literal': (data) => ({ read: () => data }),
  'assigned through a variable': (data) => {
    const read = () => data;
    const object = {};
    object.read = read;
    return object;
  },
  'assigned directly': (data) => {
    const object = {};
    object.read = () => data;
    return object;
  },
  'getter of a literal': (data) => ({ get read() { return data; } }),
};
for (const [name, way] of Object.entries(ways)) {
  gc();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < 1_000; n += 1) way(new Array(500).fill(n));
  gc({ type: 'minor' });
  gc({ type: 'minor' });
  const megabytes = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  console.log(`${name}: ${megabytes > 2 ? 'kept' : 'gone'}`);
}
JS

shows <<'OUT'
property of a literal: gone
assigned through a variable: gone
assigned directly: kept
getter of a literal: kept
OUT
