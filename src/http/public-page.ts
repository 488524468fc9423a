import {
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { from, mergeMap, of, type Observable } from 'rxjs';
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

/** Reads the mark of a public page before the page is generated. */
@Injectable()
export class PublicPages implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly changes: PageChanges,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const candidate = cacheCandidateOf(context.switchToHttp().getResponse<Response>());
    const source = this.reflector.get<Source | undefined>(PUBLIC_PAGE, context.getHandler());
    if (candidate === undefined || source === undefined) return next.handle();
    // If the database is unreachable, the page itself says so and is not cached.
    const mark = source === 'memory' ? of(0) : from(this.changes.mark().catch(() => null));
    return mark.pipe(
      mergeMap((mark) => {
        candidate.mark = mark;
        return next.handle();
      }),
    );
  }
}
