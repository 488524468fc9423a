import type { Worker } from 'node:cluster';
import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { metricsOf } from './web-processes.js';

/** A process that answers each request, except the one with the id `silentOn`. */
class FakeWorker extends EventEmitter {
  constructor(
    private readonly connected = true,
    private readonly silentOn = 0,
  ) {
    super();
  }

  isConnected(): boolean {
    return this.connected;
  }

  send(question: { id: number }): void {
    if (question.id === this.silentOn) return;
    queueMicrotask(() => this.emit('message', { metrics: 'of-one', id: question.id, json: [] }));
  }
}

describe('the metrics of a process', () => {
  const ask = (worker: FakeWorker, id: number) => metricsOf(worker as unknown as Worker, id);
  const listeners = (worker: FakeWorker): number =>
    worker.listenerCount('message') + worker.listenerCount('exit');

  it('leave no listener behind, however often they are read', async () => {
    const worker = new FakeWorker();
    for (let id = 1; id <= 20; id += 1) expect(await ask(worker, id)).toEqual([]);
    expect(listeners(worker)).toBe(0);
  });

  it('are null if the process has exited, or exits before it answers', async () => {
    const gone = new FakeWorker(false);
    expect(await ask(gone, 1)).toBeNull();
    const ending = new FakeWorker(true, 2);
    const asked = ask(ending, 2);
    ending.emit('exit');
    expect(await asked).toBeNull();
    expect(listeners(gone) + listeners(ending)).toBe(0);
  });
});
