import {
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { catchError, finalize, mergeMap, Observable } from 'rxjs';
import { Config } from '../kernel/config.js';
import { Replicas } from '../kernel/replicas.js';
import { duringRequest, RequestReads } from '../kernel/request-reads.js';
import { cookieName, dropCookie, readCookie, setCookie } from './cookies.js';
import type { MaybeViewer } from './viewer.js';

const MAY_LAG = 'may-lag';

/**
 * Marks a page that only shows: it may be read from a replica, a few seconds behind, but for what
 * this person has just written. Never for what decides: a log-in, or the right to write.
 */
export const MayLag = (): MethodDecorator => SetMetadata(MAY_LAG, true);

/** How far a person's own writes have got: a position in the log of the database, in hexadecimal. */
export const OWN_WRITES_COOKIE = 'own-writes';
/** Seconds; replicas that are read from are a few seconds behind at most. */
const LIFE = 60;

/** Lets pages be read from replicas, and everybody see what they have just written. */
@Injectable()
export class ReplicaReads implements NestInterceptor {
  constructor(
    private readonly replicas: Replicas,
    private readonly reflector: Reflector,
    private readonly config: Config,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!this.replicas.enabled) return next.handle();
    const req = context.switchToHttp().getRequest<Request>();
    const res = context.switchToHttp().getResponse<Response>();
    const mayLag =
      (req.method === 'GET' || req.method === 'HEAD') &&
      this.reflector.get<boolean | undefined>(MAY_LAG, context.getHandler()) === true;
    const reads = new RequestReads(mayLag, this.ownWrites(req));
    const viewer = req.viewer ?? null;
    const onPrimary = new RequestReads(false, null);
    return within(reads, next).pipe(
      catchError((error: unknown) => {
        // A replica may not yet have what was refused or not found.
        if (!reads.lagged || reads.wrote) throw error;
        return within(onPrimary, next);
      }),
      mergeMap((answer: unknown) =>
        this.finish(reads.wrote || onPrimary.wrote, viewer, req, res, answer),
      ),
      // Work that goes on behind the answer reads from the primary.
      finalize(() => reads.usePrimary()),
    );
  }

  private ownWrites(req: Request): bigint | null {
    const value = readCookie(req, cookieName(this.config, OWN_WRITES_COOKIE)) ?? '';
    return /^[0-9a-f]{1,16}$/.test(value) ? BigInt(`0x${value}`) : null;
  }

  private async finish(
    wrote: boolean,
    viewer: MaybeViewer,
    req: Request,
    res: Response,
    answer: unknown,
  ): Promise<unknown> {
    if (res.headersSent) return answer;
    // Somebody logs out or leaves quickly: nothing is to show that they were here.
    if (res.hasHeader('Clear-Site-Data') || (viewer !== null && (req.viewer ?? null) === null)) {
      dropCookie(res, this.config, OWN_WRITES_COOKIE);
      return answer;
    }
    if (wrote) {
      // The answer to a write that has been done does not fail for want of this.
      const written = await this.replicas.committed().catch(() => null);
      if (written !== null)
        setCookie(res, this.config, OWN_WRITES_COOKIE, written.toString(16), { seconds: LIFE });
    }
    return answer;
  }
}

/** Runs the handler as this request; each time it is subscribed to, it runs once. */
function within(reads: RequestReads, next: CallHandler): Observable<unknown> {
  return new Observable((subscriber) =>
    duringRequest(reads, () => next.handle().subscribe(subscriber)),
  );
}
