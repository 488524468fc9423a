import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Request } from 'express';
import { Replicas } from '../kernel/replicas.js';
import { BoundedCache } from '../rendering/bounded-cache.js';
import { RequestMetrics } from './request-metrics.js';
import type { MaybeViewer, Viewer } from './viewer.js';

const MEGABYTE = 1_024 * 1_024;
/** Estimated bytes of a viewer with its key. */
const VIEWER_BYTES = 700;

/** What a page needs from the database, read for a viewer that is still to be confirmed. */
export interface EarlyRead<Result> {
  /** Identifies the page that it is for. */
  readonly key: string;
  readonly result: Promise<Result>;
}

/** @returns null if the request is for another page, or nothing can be read early for the viewer */
type PageReader = (req: Request, viewer: Viewer) => EarlyRead<unknown> | null;

/** What was read early, with the viewer it was read for. */
type Started = EarlyRead<unknown> & { readonly viewer: Viewer };

const started = Symbol('early read');
type Early = Request & { [started]?: Started };

/**
 * Sends the statements of a page together with the one that looks up the session, for the viewer
 * that the session had last, instead of after its answer: waking a server process twice for a page
 * costs as much as its statements. What was read is used only if the session still has exactly that
 * viewer; otherwise it is dropped unseen, and the page is read as always.
 */
@Injectable()
export class ReadAhead implements OnModuleInit {
  private readonly readers: PageReader[] = [];
  private readonly viewers = new BoundedCache<Viewer>(MEGABYTE);
  readonly counts = { used: 0, dropped: 0 };

  constructor(
    private readonly replicas: Replicas,
    private readonly metrics: RequestMetrics,
  ) {}

  onModuleInit(): void {
    this.metrics.add(
      'early_reads',
      'Pages read with the session: used, or dropped as the viewer changed; viewers kept, and bytes',
      () => ({ ...this.counts, viewers: this.viewers.size, bytes: this.viewers.bytes }),
    );
  }

  /** Adds a page whose statements may be sent early. They must only read. */
  register(reader: PageReader): void {
    this.readers.push(reader);
  }

  /**
   * Starts to read the page of a request; to be called directly after the session was asked for,
   * so that the server answers that first.
   * @param session identifies the session
   */
  start(req: Request, session: string): void {
    // Which server a page is read from is decided after the session is known.
    if (req.method !== 'GET' || this.replicas.enabled) return;
    const viewer = this.viewers.get(session);
    if (viewer === undefined) return;
    for (const reader of this.readers) {
      const read = reader(req, viewer);
      if (read === null) continue;
      // Whoever takes the result gets the error; nobody does if it is dropped.
      read.result.catch(() => undefined);
      (req as Early)[started] = { ...read, viewer };
      return;
    }
  }

  /** Remembers the viewer of a session for its next request. */
  remember(req: Request, session: string, viewer: MaybeViewer): void {
    const early = (req as Early)[started];
    if (early !== undefined && viewer !== null && isSameViewer(early.viewer, viewer)) return;
    if (viewer === null) this.viewers.delete(session);
    else this.viewers.set(session, viewer, VIEWER_BYTES);
  }

  /**
   * What was read early for a page.
   * @param viewer the one of the session, as it is now
   * @returns null if nothing was, or not for exactly this viewer
   */
  take<Result>(req: Request, viewer: MaybeViewer, key: string): Promise<Result> | null {
    const early = (req as Early)[started];
    if (early === undefined) return null;
    if (early.key !== key || viewer === null || !isSameViewer(early.viewer, viewer)) {
      this.counts.dropped += 1;
      return null;
    }
    this.counts.used += 1;
    return early.result as Promise<Result>;
  }
}

/** Whether two viewers are equal in everything but their number of notices. */
function isSameViewer(one: Viewer, other: Viewer): boolean {
  for (const name in other) {
    const fact = name as keyof Viewer;
    if (fact !== 'unread' && valueOf(one[fact]) !== valueOf(other[fact])) return false;
  }
  return true;
}

function valueOf(fact: Viewer[keyof Viewer]): Exclude<Viewer[keyof Viewer], Date> {
  return fact instanceof Date ? fact.getTime() : fact;
}
