import type { Response } from 'express';
import type { PageScope } from './page-changes.js';

/** What a page depends on, and until when it is valid. */
interface Made {
  readonly of: readonly PageScope[];
  /** Expiry in milliseconds since the epoch. */
  readonly until: number;
}

/** A response to a guest that may be cached for others, while it is being generated. */
export class PageCandidate {
  /**
   * The result of `PageChanges.mark` from before the page was generated; null if the page is not
   * public.
   */
  mark: number | null = null;
  private made: Made | null = null;
  private spoilt = false;
  private readonly chunks: Buffer[] = [];

  /** Marks the page about to be sent as cacheable. */
  keep(made: Made): void {
    this.made = made;
  }

  /** Marks the response as personal, so that it is not cached. */
  spoil(): void {
    this.spoilt = true;
  }

  add(chunk: unknown, encoding?: unknown): void {
    if (this.made === null) return;
    if (typeof chunk === 'string') this.chunks.push(Buffer.from(chunk, encoding as BufferEncoding));
    else if (chunk instanceof Uint8Array) this.chunks.push(Buffer.from(chunk));
  }

  /** The body as sent; null if the page must not be cached. */
  finish(): (Made & { readonly mark: number; readonly body: Buffer }) | null {
    const { made, mark } = this;
    if (made === null || mark === null || this.spoilt) return null;
    return { ...made, mark, body: Buffer.concat(this.chunks) };
  }
}

const candidates = new WeakMap<Response, PageCandidate>();

/** @returns undefined if the response is personal */
export function cacheCandidateOf(res: Response): PageCandidate | undefined {
  return candidates.get(res);
}

/** Starts recording the response; must come before the compression middleware. */
export function startCacheCandidate(res: Response): PageCandidate {
  const candidate = new PageCandidate();
  candidates.set(res, candidate);
  type Send = (...args: unknown[]) => unknown;
  const heard = (send: Send): Send => {
    return (...args) => {
      candidate.add(args[0], args[1]);
      return send(...args);
    };
  };
  res.write = heard(res.write.bind(res) as Send) as Response['write'];
  res.end = heard(res.end.bind(res) as Send) as Response['end'];
  return candidate;
}
