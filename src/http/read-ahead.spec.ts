import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Request } from 'express';
import { viewer } from '../../test/support/viewers.js';
import type { Replicas } from '../kernel/replicas.js';
import { ReadAhead } from './read-ahead.js';
import type { RequestMetrics } from './request-metrics.js';
import type { MaybeViewer, Viewer } from './viewer.js';

const metrics = { add: () => undefined } as unknown as RequestMetrics;
const withReplicas = (enabled: boolean): ReadAhead => {
  return new ReadAhead({ enabled } as Replicas, metrics);
};

describe('ReadAhead', () => {
  let ahead: ReadAhead;
  const read = jest.fn((_: Viewer) => Promise.resolve('the page'));
  beforeEach(() => {
    read.mockClear();
    ahead = withReplicas(false);
    reading(ahead);
  });

  const reading = (one: ReadAhead): void =>
    one.register((req, who) => (req.path === '/page' ? { key: 'page', result: read(who) } : null));

  /** A request of a session, up to the moment at which its viewer is known. */
  const request = (who: MaybeViewer, path = '/page', method = 'GET', session = 's'): Request => {
    const req = { method, path } as Request;
    ahead.start(req, session);
    ahead.remember(req, session, who);
    return req;
  };

  it('reads a page for the viewer that the session had last', async () => {
    const kim = viewer();
    expect(ahead.take(request(kim), kim, 'page')).toBeNull();
    const again = viewer({ unread: 3 });
    await expect(ahead.take(request(again), again, 'page')).resolves.toBe('the page');
    expect(read.mock.calls).toEqual([[kim]]);
    expect(ahead.counts).toEqual({ used: 1, dropped: 0 });
  });

  const later = new Date('2026-12-24T12:00:00Z');
  it.each<Partial<Viewer>>([
    { memberId: '2' },
    { handle: 'kim-2' },
    { role: 'moderator', moderates: true },
    { suspendedUntil: later },
    { readOnlyUntil: later },
    { needsSecondFactor: true },
    { hasFilters: false },
    { locale: 'es' },
  ])('drops what was read once the viewer has %o', async (change) => {
    request(viewer());
    const now = viewer(change);
    expect(ahead.take(request(now), now, 'page')).toBeNull();
    expect(ahead.counts).toEqual({ used: 0, dropped: 1 });
    // The next request is read for the viewer as changed.
    await expect(ahead.take(request(now), now, 'page')).resolves.toBe('the page');
    expect(read.mock.calls.map(([who]) => who)).toEqual([viewer(), now]);
  });

  it('compares times by value', () => {
    request(viewer({ suspendedUntil: new Date(later) }));
    const now = viewer({ suspendedUntil: new Date(later) });
    expect(ahead.take(request(now), now, 'page')).not.toBeNull();
  });

  it('drops what was read for a session that has ended, and forgets its viewer', () => {
    request(viewer());
    expect(ahead.take(request(null), null, 'page')).toBeNull();
    request(null);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('gives nothing to another session or another page', () => {
    const kim = viewer();
    request(kim);
    expect(ahead.take(request(kim, '/page', 'GET', 'other'), kim, 'page')).toBeNull();
    expect(ahead.take(request(kim), kim, 'page 2')).toBeNull();
    expect(ahead.take(request(kim, '/elsewhere'), kim, 'page')).toBeNull();
  });

  it('does not read for a form, or where replicas may answer', () => {
    request(viewer());
    request(viewer(), '/page', 'POST');
    ahead = withReplicas(true);
    reading(ahead);
    request(viewer());
    request(viewer());
    expect(read).not.toHaveBeenCalled();
  });

  it('reports an error to whoever takes the page, and to nobody if it is dropped', async () => {
    const kim = viewer();
    request(kim);
    read.mockImplementation(() => Promise.reject(new Error('no such page')));
    request(viewer({ handle: 'kim-2' }));
    request(kim);
    await expect(ahead.take(request(kim), kim, 'page')).rejects.toThrow('no such page');
    read.mockImplementation(() => Promise.resolve('the page'));
  });

  it('remembers viewers within its bytes', () => {
    const add = jest.fn<RequestMetrics['add']>();
    ahead = new ReadAhead({ enabled: false } as Replicas, { add } as unknown as RequestMetrics);
    ahead.onModuleInit();
    for (let n = 0; n < 3_000; n += 1) request(viewer(), '/page', 'GET', `session ${n}`);
    const { viewers, bytes } = add.mock.calls[0]?.[2]() ?? {};
    expect(bytes).toBeLessThanOrEqual(1_024 * 1_024);
    expect(bytes).toBe((viewers ?? 0) * 700);
    expect(viewers).toBeGreaterThan(1_000);
  });
});
