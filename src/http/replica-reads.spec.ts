import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { defer, lastValueFrom } from 'rxjs';
import { readConfig } from '../kernel/config.js';
import type { Replicas } from '../kernel/replicas.js';
import { noteWrite, requestReads } from '../kernel/request-reads.js';
import { AllowReplicaLag, ReplicaReads } from './replica-reads.js';
import type { Viewer } from './viewer.js';

class Pages {
  @AllowReplicaLag()
  show(): void {
    return;
  }

  decide(): void {
    return;
  }
}

const config = readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) });
const viewer = { memberId: '1' } as Viewer;

interface Asked {
  handler?: 'show' | 'decide';
  method?: string;
  cookie?: string;
  viewer?: Viewer | null;
  enabled?: boolean;
  away?: boolean;
  headers?: Record<string, string>;
}

/** @returns the cookies of the response, and what the handler saw */
async function answer(asked: Asked, work: (req: Request) => void = () => undefined) {
  const cookies: string[] = [];
  const req = {
    method: asked.method ?? 'GET',
    headers: { cookie: asked.cookie },
    viewer: asked.viewer ?? null,
  } as unknown as Request;
  const res = {
    headersSent: false,
    hasHeader: (name: string) => asked.headers?.[name] !== undefined,
    append: (_name: string, value: string) => cookies.push(value),
  } as unknown as Response;
  const replicas = {
    enabled: asked.enabled ?? true,
    committed: () =>
      asked.away === true ? Promise.reject(new Error('away')) : Promise.resolve(0x2an),
  } as unknown as Replicas;
  const context = {
    switchToHttp: () => ({ getRequest: () => req, getResponse: () => res }),
    getHandler: () => Reflect.get(Pages.prototype, asked.handler ?? 'show') as unknown,
  } as unknown as ExecutionContext;
  let seen: ReturnType<typeof requestReads> = null;
  const handle = () =>
    defer(async () => {
      await Promise.resolve();
      seen = requestReads();
      work(req);
      return 'the page';
    });
  const reads = new ReplicaReads(replicas, new Reflector(), config);
  const page = await lastValueFrom(reads.intercept(context, { handle }));
  return { page, cookies, seen: seen as ReturnType<typeof requestReads> };
}

describe('a page read from a replica', () => {
  it.each([
    [{ handler: 'show' }, true],
    [{ handler: 'show', method: 'HEAD' }, true],
    [{ handler: 'show', method: 'POST' }, false],
    [{ handler: 'decide' }, false],
  ] as [Asked, boolean][])('%j may lag: %s', async (asked, may) => {
    expect((await answer(asked)).seen?.pageOnly).toBe(may);
  });

  it.each([
    ['own-writes=1f', 0x1fn],
    ['own-writes=', null],
    ['own-writes=0x1f', null],
    ['own-writes=12345678901234567', null],
    ['other=1f', null],
  ])('%s requires everything up to %s', async (cookie, after) => {
    expect((await answer({ cookie })).seen?.after).toBe(after);
  });

  it('returns its log position in a cookie for a minute after a write', async () => {
    const { page, cookies } = await answer({ method: 'POST' }, noteWrite);
    expect(page).toBe('the page');
    expect(cookies).toEqual([expect.stringMatching(/^own-writes=2a; Max-Age=60; .*HttpOnly/)]);
    expect((await answer({})).cookies).toEqual([]);
  });

  it('responds after a write even if the database has just become unreachable', async () => {
    const { page, cookies } = await answer({ method: 'POST', away: true }, noteWrite);
    expect([page, cookies]).toEqual(['the page', []]);
  });

  it('leaves no cookie after a log-out', async () => {
    const gone = /^own-writes=; Max-Age=0/;
    const out = await answer({ method: 'POST', viewer }, (req) => {
      noteWrite();
      req.viewer = null;
    });
    expect(out.cookies).toEqual([expect.stringMatching(gone)]);
    const left = await answer({ headers: { 'Clear-Site-Data': '"cookies"' } }, noteWrite);
    expect(left.cookies).toEqual([expect.stringMatching(gone)]);
  });

  it('is retried once on the primary if the replica does not find it', async () => {
    const seen: (boolean | undefined)[] = [];
    const run = (fails: (pageOnly: boolean) => boolean, lagged = true) =>
      answer({}, () => {
        const reads = requestReads();
        if (reads === null) throw new Error('no request');
        seen.push(reads.pageOnly);
        reads.lagged = lagged && reads.pageOnly;
        if (fails(reads.pageOnly)) throw new Error('not found');
      });
    expect((await run((pageOnly) => pageOnly)).page).toBe('the page');
    expect(seen.splice(0)).toEqual([true, false]);
    await expect(run(() => true)).rejects.toThrow('not found');
    expect(seen.splice(0)).toEqual([true, false]);
    await expect(run(() => true, false)).rejects.toThrow('not found');
    expect(seen).toEqual([true]);
  });

  it('is unaffected if there are no replicas', async () => {
    const { seen, cookies } = await answer({ enabled: false }, noteWrite);
    expect([seen, cookies]).toEqual([null, []]);
  });

  it('reads from the primary once the response is complete', async () => {
    const { seen } = await answer({});
    expect(await seen?.replica).toBeNull();
  });
});
