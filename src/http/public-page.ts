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
import { candidateOf } from './page-candidate.js';

const PUBLIC_PAGE = 'public-page';

/** Where a public page comes from; what is made without it is shown while the database is away. */
type Source = 'database' | 'memory';

/**
 * Marks a page that guests may be answered from memory, as long as nothing that it was made of has
 * changed. Its `Page` says what that was: see `PageOptions.madeOf`.
 */
export const PublicPage = (source: Source = 'database'): MethodDecorator =>
  SetMetadata(PUBLIC_PAGE, source);

/** Takes the mark of a public page before it is made. */
@Injectable()
export class PublicPages implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly changes: PageChanges,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const candidate = candidateOf(context.switchToHttp().getResponse<Response>());
    const source = this.reflector.get<Source | undefined>(PUBLIC_PAGE, context.getHandler());
    if (candidate === undefined || source === undefined) return next.handle();
    // Where the database is away the page itself says so, and is not kept.
    const mark = source === 'memory' ? of(0) : from(this.changes.mark().catch(() => null));
    return mark.pipe(
      mergeMap((mark) => {
        candidate.mark = mark;
        return next.handle();
      }),
    );
  }
}
