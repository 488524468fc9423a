import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { describeError, Logger } from '../kernel/logger.js';
import { BoundedCache } from '../rendering/bounded-cache.js';
import { Doorkeeper, hashOf } from '../rendering/doorkeeper.js';
import { Templates } from '../rendering/templates.js';
import { Layout } from './layout.js';
import { startCacheCandidate, type PageCandidate } from './page-candidate.js';
import { PageChanges, type PageScope } from './page-changes.js';
import { compactBody, encodingFor, decompressedBody, type PageEncoding } from './page-encoding.js';
import { PageVariety } from './page-variety.js';
import { RequestMetrics } from './request-metrics.js';

interface KeptPage {
  readonly head: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly encoding: 'br' | 'gzip';
  readonly dependencies: readonly PageScope[];
  readonly mark: number;
  readonly until: number;
  /** Version of the process's cached content on the page; see `Layout.surroundings`. */
  readonly surroundings: string;
  /** The route pattern, for metrics. */
  readonly route: string;
}

/** Headers that belong to a single response and are not cached. */
const OF_ONE_ANSWER = new Set(['date', 'connection', 'transfer-encoding', 'content-length']);
/** Estimated bytes of a cached page's headers and map entries. */
const AROUND = 1_500;
const MEGABYTE = 1_024 * 1_024;
/** Up to this share of the memory, a page is kept when it is first requested. */
const OPEN_TO_ALL = 1 / 8;

/**
 * Caches public pages for guests, and checks with the database before each hit whether the data
 * that the page depends on has changed.
 */
@Injectable()
export class PageMemory implements OnModuleInit {
  private readonly pages: BoundedCache<KeptPage>;
  private readonly door = new Doorkeeper();
  /** `first`: requests for what nobody had requested lately, so that it was not kept. */
  readonly counts = { hits: 0, misses: 0, stale: 0, first: 0 };

  constructor(
    private readonly config: Config,
    private readonly variety: PageVariety,
    private readonly changes: PageChanges,
    private readonly layout: Layout,
    private readonly templates: Templates,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: RequestMetrics,
  ) {
    this.pages = new BoundedCache(config.PAGE_MEMORY_MB * MEGABYTE);
  }

  onModuleInit(): void {
    this.metrics.add(
      'page_memory',
      'Public pages for guests: answered from memory, made, changed since, requested once; pages and bytes kept',
      () => ({ ...this.counts, pages: this.pages.size, bytes: this.pages.bytes }),
    );
  }

  /** Evicts all pages. */
  clear(): void {
    this.pages.clear();
  }

  /** Must come after the rate limits and before the compression middleware. */
  middleware() {
    return (req: Request, res: Response, next: NextFunction): void => {
      const variety = this.config.PAGE_MEMORY_MB === 0 ? null : this.variety.of(req);
      const encoding = encodingFor(req.headers['accept-encoding']);
      if (variety === null || encoding === null) {
        next();
        return;
      }
      const key = `${encoding === 'br' ? 'br' : 'gzip'} ${variety}`;
      const kept = this.pages.get(key);
      if (kept !== undefined) void this.answer(kept, key, encoding, req, res, next);
      else if (this.admits(key)) this.listen(key, encoding, req, res, next);
      else next();
    };
  }

  // Recording and compressing a page costs at least half as much as making it, and crawlers request
  // most pages only once.
  private admits(key: string): boolean {
    if (this.pages.fill < OPEN_TO_ALL || this.door.knows(hashOf(key))) return true;
    this.counts.first += 1;
    return false;
  }

  private async answer(
    kept: KeptPage,
    key: string,
    encoding: PageEncoding,
    req: Request,
    res: Response,
    next: NextFunction,
  ): Promise<void> {
    if (await this.isTrue(kept)) {
      this.counts.hits += 1;
      this.send(kept, encoding, req, res);
      return;
    }
    this.counts.stale += 1;
    this.pages.delete(key);
    this.listen(key, encoding, req, res, next);
  }

  private async isTrue(kept: KeptPage): Promise<boolean> {
    if (kept.until <= this.clock.ms() || kept.surroundings !== this.surroundings()) return false;
    if (kept.dependencies.length === 0) return true;
    try {
      return (await this.changes.newest(kept.dependencies)).newest < kept.mark;
    } catch (error) {
      // Generating the page runs into the same error and reports it.
      this.logger.debug('a page in memory cannot be compared', describeError(error));
      return false;
    }
  }

  private send(kept: KeptPage, encoding: PageEncoding, req: Request, res: Response): void {
    // For metrics, as if the route had responded.
    req.route = { path: kept.route };
    const plain = encoding === 'identity';
    const body = plain ? decompressedBody(kept.body) : kept.body;
    for (const name in kept.head) res.setHeader(name, kept.head[name] ?? '');
    if (!plain) res.setHeader('Content-Encoding', kept.encoding);
    res.setHeader('Content-Length', body.length);
    res.end(body);
  }

  private listen(
    key: string,
    encoding: PageEncoding,
    req: Request,
    res: Response,
    next: NextFunction,
  ): void {
    const candidate = startCacheCandidate(res);
    // Read before the page is generated: if it changes meanwhile, the cached page is stale.
    const around = this.surroundings();
    res.on('finish', () => void this.keep(candidate, key, encoding, around, req, res));
    next();
  }

  private async keep(
    candidate: PageCandidate,
    key: string,
    encoding: PageEncoding,
    surroundings: string,
    req: Request,
    res: Response,
  ): Promise<void> {
    if (candidate.mark !== null) this.counts.misses += 1;
    const finished = candidate.finish();
    const sentAs = res.getHeader('content-encoding') ?? 'identity';
    if (finished === null || res.hasHeader('set-cookie') || sentAs !== encoding) return;
    const head = headOf(res);
    const route = (req.route as { path?: string } | undefined)?.path ?? 'none';
    try {
      const compact = await compactBody(finished.body, encoding);
      const { of: dependencies, mark, until } = finished;
      this.pages.set(
        key,
        { head, ...compact, dependencies, mark, until, surroundings, route },
        compact.body.length + key.length + AROUND,
      );
    } catch (error) {
      this.logger.warn('a page is not kept in memory', describeError(error));
    }
  }

  private surroundings(): string {
    return `${this.templates.loads} ${this.layout.surroundings()}`;
  }
}

function headOf(res: Response): Record<string, string> {
  const head: Record<string, string> = {};
  for (const [name, value] of Object.entries(res.getHeaders()))
    if (value !== undefined && !OF_ONE_ANSWER.has(name) && name !== 'content-encoding')
      head[name] = Array.isArray(value) ? value.join(', ') : String(value);
  return head;
}
