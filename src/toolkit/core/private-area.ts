import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import { of, type Observable } from 'rxjs';
import { submittedValues } from '../../http/form.js';
import { isPreservable, PreservedForms } from '../../http/preserved-form.js';
import { page, seeOther, type SeeOther } from '../../http/page.js';
import { PrivateLock } from './private-lock.service.js';

/** Asks for the password, and returns to the page of a GET request afterwards. */
export function unlockFirst(req: Request): SeeOther {
  return seeOther(`/toolkit/unlock?next=${encodeURIComponent(req.originalUrl)}`);
}

/**
 * Guards private pages, except the toolkit's first, which reads its lock with its content: asks for
 * the password while the private area is locked. A form submitted after it locked is preserved, and
 * restored after unlocking.
 */
@Injectable()
export class PrivateArea implements NestInterceptor {
  constructor(
    private readonly lock: PrivateLock,
    private readonly kept: PreservedForms,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const req = context.switchToHttp().getRequest<Request>();
    const viewer = req.viewer ?? null;
    if (viewer === null || !(await this.lock.isLocked(viewer))) return next.handle();
    if (req.method === 'GET') return of(unlockFirst(req));
    const form = isPreservable(req.path, submittedValues(req.body));
    const view = {
      back: '/toolkit',
      kept: form === null ? '' : this.kept.seal(form),
      form: { values: {}, errors: [], error: {} },
    };
    return of(page('toolkit/unlock', view, { status: 403, titleKey: 'toolkit.unlock.title' }));
  }
}
