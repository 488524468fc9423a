import {
  applyDecorators,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { Request } from 'express';
import {
  NotFound,
  NotReauthenticated,
  NotSignedIn,
  SecondFactorMissing,
} from '../kernel/errors.js';
import { isStaff, mayModerate, type MaybeViewer, type Viewer } from './viewer.js';

/**
 * Lets a request through to a handler only when the viewer passes a test. A guest is asked to log
 * in, as on every page for members. Anybody else gets 404, so that the answer does not reveal that
 * the page exists.
 */
class ViewerGuard implements CanActivate {
  constructor(private readonly allows: (viewer: Viewer) => boolean) {}

  canActivate(context: ExecutionContext): true {
    const viewer: MaybeViewer = context.switchToHttp().getRequest<Request>().viewer ?? null;
    if (viewer === null) throw new NotSignedIn();
    if (viewer.needsSecondFactor) throw new SecondFactorMissing();
    if (!this.allows(viewer)) throw new NotFound();
    return true;
  }
}

/** @throws NotFound for everybody but administrators; for services that are called directly */
export function requireAdmin(viewer: Viewer): void {
  if (viewer.role !== 'admin') throw new NotFound();
}

/** Pages for moderators: staff, and the moderators of communities. */
export function Moderator(): ClassDecorator & MethodDecorator {
  return applyDecorators(UseGuards(new ViewerGuard(mayModerate)));
}

/** Pages for moderators of the whole site and administrators. */
export function Staff(): ClassDecorator & MethodDecorator {
  return applyDecorators(UseGuards(new ViewerGuard(isStaff)));
}

/** Pages for administrators. */
export function Admin(): ClassDecorator & MethodDecorator {
  return applyDecorators(UseGuards(new ViewerGuard(({ role }) => role === 'admin')));
}

class ReauthenticationGuard implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const viewer: MaybeViewer = context.switchToHttp().getRequest<Request>().viewer ?? null;
    if (viewer === null) throw new NotSignedIn();
    if (!viewer.reauthenticated) throw new NotReauthenticated();
    return true;
  }
}

/** What is sensitive: only within ten minutes of a log-in or of the password entered again. */
export function Reauthenticated(): ClassDecorator & MethodDecorator {
  return applyDecorators(UseGuards(new ReauthenticationGuard()));
}
