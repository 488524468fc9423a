import type { Response } from 'express';
import type { PageScope } from './page-changes.js';

/** What a page was made of, and until when its texts stay true. */
interface Made {
  readonly of: readonly PageScope[];
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** An answer to a guest that may be kept for others, while it is made. */
export class PageCandidate {
  /** As `PageChanges.mark` says it before the page is made; null where the page is not a public one. */
  mark: number | null = null;
  private made: Made | null = null;
  private spoilt = false;
  private readonly chunks: Buffer[] = [];

  /** The page that is about to be sent may be kept. */
  keep(made: Made): void {
    this.made = made;
  }

  /** Something of it is this reader's alone. */
  spoil(): void {
    this.spoilt = true;
  }

  add(chunk: unknown, encoding?: unknown): void {
    if (this.made === null) return;
    if (typeof chunk === 'string') this.chunks.push(Buffer.from(chunk, encoding as BufferEncoding));
    else if (chunk instanceof Uint8Array) this.chunks.push(Buffer.from(chunk));
  }

  /** The body as it was sent; null for a page that is not to be kept. */
  finish(): (Made & { readonly mark: number; readonly body: Buffer }) | null {
    const { made, mark } = this;
    if (made === null || mark === null || this.spoilt) return null;
    return { ...made, mark, body: Buffer.concat(this.chunks) };
  }
}

const candidates = new WeakMap<Response, PageCandidate>();

/** @returns undefined where the answer is for one reader alone */
export function candidateOf(res: Response): PageCandidate | undefined {
  return candidates.get(res);
}

/** Begins to listen to what is sent; before what compresses it. */
export function newCandidate(res: Response): PageCandidate {
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
