import { describe, expect, it } from '@jest/globals';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import v8 from 'node:v8';
import vm from 'node:vm';
import { OpenResponses } from './open-responses.js';

type Collect = (options?: { type: 'minor' }) => void;

/** Bytes used in the old generation. */
function oldSpace(): number {
  const spaces = v8.getHeapSpaceStatistics();
  return spaces.find((space) => space.space_name === 'old_space')?.space_used_size ?? 0;
}

describe('the responses that have not ended', () => {
  const response = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()));

  it('has those that were added and not deleted, whichever was first', () => {
    const open = new OpenResponses();
    const [first, second, third] = [response(), response(), response()];
    const slot = open.add(first);
    open.add(second);
    open.delete(slot);
    open.add(third);
    expect([...open]).toEqual([third, second]);
    expect(open.size).toBe(2);
  });

  it('keeps none that has ended for longer than a young collection of garbage', () => {
    v8.setFlagsFromString('--expose-gc');
    const collect = vm.runInNewContext('gc') as Collect;
    const open = new OpenResponses();
    const slots: number[] = [];
    const pass = (responses: number): void => {
      for (let n = 0; n < responses; n += 1) {
        // As large as a response with what a request leaves.
        slots.push(open.add({ facts: new Array(2_000).fill(n) } as unknown as ServerResponse));
        if (slots.length > 16) open.delete(slots.shift() ?? 0);
      }
    };
    pass(5);
    collect();
    const before = oldSpace();
    for (let round = 0; round < 40; round += 1) {
      pass(40);
      collect({ type: 'minor' });
    }
    // A `Set` keeps 10 MB here.
    expect(oldSpace() - before).toBeLessThan(2 ** 20);
  });
});
