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

const ALLOW_REPLICA_LAG = 'may-lag';

/**
 * Marks a read-only page that may be read from a replica, a few seconds behind except for this
 * person's own writes. Never use it where a decision depends on the data: a log-in, or a permission
 * to write.
 */
export const AllowReplicaLag = (): MethodDecorator => SetMetadata(ALLOW_REPLICA_LAG, true);

/** Cookie for the log position of a person's own latest writes, in hexadecimal. */
export const OWN_WRITES_COOKIE = 'own-writes';
/** Seconds; replicas in use lag a few seconds at most. */
const COOKIE_LIFETIME = 60;

/** Lets pages be read from replicas, with read-your-writes consistency for each person. */
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
      this.reflector.get<boolean | undefined>(ALLOW_REPLICA_LAG, context.getHandler()) === true;
    const reads = new RequestReads(mayLag, this.ownWrites(req));
    const viewer = req.viewer ?? null;
    const onPrimary = new RequestReads(false, null);
    return within(reads, next).pipe(
      catchError((error: unknown) => {
        // A replica may not yet contain what was refused or not found.
        if (!reads.lagged || reads.wrote) throw error;
        return within(onPrimary, next);
      }),
      mergeMap((answer: unknown) =>
        this.finish(reads.wrote || onPrimary.wrote, viewer, req, res, answer),
      ),
      // Work that continues after the response reads from the primary.
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
    // After a log-out or "Leave quickly" nothing may show that somebody was here.
    if (res.hasHeader('Clear-Site-Data') || (viewer !== null && (req.viewer ?? null) === null)) {
      dropCookie(res, this.config, OWN_WRITES_COOKIE);
      return answer;
    }
    if (wrote) {
      // A completed write must not fail because the position cannot be read.
      const written = await this.replicas.committed().catch(() => null);
      if (written !== null)
        setCookie(res, this.config, OWN_WRITES_COOKIE, written.toString(16), {
          seconds: COOKIE_LIFETIME,
        });
    }
    return answer;
  }
}

/** Runs the handler within this request's read state, once per subscription. */
function within(reads: RequestReads, next: CallHandler): Observable<unknown> {
  return new Observable((subscriber) =>
    duringRequest(reads, () => next.handle().subscribe(subscriber)),
  );
}
