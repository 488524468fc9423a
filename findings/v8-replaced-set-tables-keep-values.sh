#!/usr/bin/env bash
# A Set (or Map) of V8 gets a new table when it has filled up with deleted values. The old table
# keeps its values and refers to the new one, for iterators. Once a table has reached the old
# generation, all later tables follow it, with the values that they had, until a full collection.
. "$(dirname "$0")/lib.sh"

packages node@24.21.0
expected "a value that was deleted from a Set is gone after two collections of the young generation"
seen "not if the Set was there during a full one: whatever is in it during a young one reaches the old generation"

javascript <<'JS'
import v8 from 'node:v8';
import vm from 'node:vm';

v8.setFlagsFromString('--expose-gc');
const gc = vm.runInNewContext('gc');

const AT_ONCE = 16;
const ways = {
  'a Set': () => {
    const set = new Set();
    const waiting = [];
    return (value) => {
      waiting.push(value);
      set.add(value);
      if (waiting.length > AT_ONCE) set.delete(waiting.shift());
    };
  },
  'an array with free places': () => {
    const [places, free, waiting] = [[], [], []];
    return (value) => {
      const place = free.pop() ?? places.length;
      places[place] = value;
      waiting.push(place);
      if (waiting.length > AT_ONCE) {
        free.push(waiting[0]);
        places[waiting.shift()] = null;
      }
    };
  },
};
const oldSpace = () =>
  v8.getHeapSpaceStatistics().find((space) => space.space_name === 'old_space').space_used_size;

for (const [name, way] of Object.entries(ways)) {
  const pass = way();
  for (let n = 0; n < 5; n += 1) pass(new Array(2_000).fill(n));
  gc();
  const before = oldSpace();
  for (let round = 0; round < 40; round += 1) {
    for (let n = 0; n < 40; n += 1) pass(new Array(2_000).fill(n));
    gc({ type: 'minor' });
  }
  const megabytes = (oldSpace() - before) / 2 ** 20;
  gc();
  const left = (oldSpace() - before) / 2 ** 20;
  console.log(`${name}: ${megabytes > 5 ? 'kept' : 'gone'}, ${left > 1 ? 'kept' : 'gone'} after a full one`);
}
JS

shows <<'OUT'
a Set: kept, gone after a full one
an array with free places: gone, gone after a full one
OUT
