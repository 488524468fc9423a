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
 * Allows a request only if the viewer passes a test. A guest is asked to log in, as on every page
 * for members. Anybody else gets 404, so that the response does not reveal that the page exists.
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

/**
 * For services that are called directly.
 * @throws NotFound unless the viewer is an administrator
 */
export function requireAdmin(viewer: Viewer): void {
  if (viewer.role !== 'admin') throw new NotFound();
}

/** Pages for moderators: site staff and moderators of communities. */
export function Moderator(): ClassDecorator & MethodDecorator {
  return applyDecorators(UseGuards(new ViewerGuard(mayModerate)));
}

/** Pages for moderators of the whole site, and administrators. */
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

/** Requires a log-in, or a confirmation of the password, within the last ten minutes. */
export function Reauthenticated(): ClassDecorator & MethodDecorator {
  return applyDecorators(UseGuards(new ReauthenticationGuard()));
}
