import {
  Injectable,
  SetMetadata,
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { from, mergeMap, type Observable } from 'rxjs';
import { PageChanges } from './page-changes.js';
import { cacheCandidateOf } from './page-candidate.js';

const PUBLIC_PAGE = 'public-page';

/**
 * The data source of a public page; one that uses only memory is shown while the database is
 * unreachable.
 */
type Source = 'database' | 'memory';

/**
 * Marks a page that may be served to guests from the page cache as long as its data is unchanged.
 * Its `Page` lists the scopes: see `PageOptions.madeOf`.
 */
export const PublicPage = (source: Source = 'database'): MethodDecorator =>
  SetMetadata(PUBLIC_PAGE, source);

/**
 * Reads the mark of a public page before the page is generated. With replicas it must be the mark
 * of the replica that the page is read from, so it is an interceptor within `ReplicaReads`;
 * otherwise a guard, which costs a tenth.
 */
@Injectable()
export class PublicPages implements CanActivate, NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly changes: PageChanges,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    return this.mark(context)?.then(() => true) ?? true;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const marked = this.mark(context);
    return marked === null ? next.handle() : from(marked).pipe(mergeMap(() => next.handle()));
  }

  /** @returns null if there is nothing to wait for */
  private mark(context: ExecutionContext): Promise<void> | null {
    const candidate = cacheCandidateOf(context.switchToHttp().getResponse<Response>());
    if (candidate === undefined) return null;
    const source = this.reflector.get<Source | undefined>(PUBLIC_PAGE, context.getHandler());
    if (source === 'memory') candidate.mark = 0;
    if (source !== 'database') return null;
    return this.changes.mark().then(
      (mark) => void (candidate.mark = mark),
      () => {
        // If the database is unreachable, the page itself says so and is not cached.
      },
    );
  }
}
