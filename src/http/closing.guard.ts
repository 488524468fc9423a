import type { NextFunction, Request, Response } from 'express';
import { SiteClosed, SiteReadOnly } from '../kernel/errors.js';
import type { SiteSettings } from './site-settings.js';

/**
 * Forms that still work on a read-only site: logging in, a member's own settings, data and private
 * pages, leaving, deleting one's own content, asking for help, and everything that keeps people
 * safe.
 */
const ALLOWED_WHEN_READ_ONLY = [
  /^\/(login|logout|forgot|reset|verify|display|unsubscribe|settings|drafts|toolkit)(\/|$)/,
  /^\/(notifications|decisions|reports|report-illegal|aftercare|rests|find|mod|admin)(\/|$)/,
  // The same actions through the API. DELETE is always allowed.
  /^\/api\/v1\/(posts\/\d+\/(card|reports)|toolkit(\/.*)?|notifications(\/.*)?)$/,
  // Deliveries of mail servers are accepted or rejected where they are processed.
  /^\/webhooks\//,
  /^\/posts\/\d+\/(safe|need-now|report|delete|delete-title|detach|hide-card|block|unblock)$/,
  /^\/members\/[^/]+\/(block|unblock)$/,
  /^\/t\/\d+\/(mute|unfollow|unsave|lock|unlock)$/,
  /^\/c\/[^/]+\/leave$/,
  /^\/strategies\/(for|[^/]+\/(hide|unhide|withdraw))$/,
];

/** DELETE is not included, because it only removes a member's own data. */
const WRITING = ['POST', 'PUT', 'PATCH'];

/** Paths that still work after all data has been deleted. */
const ALLOWED_WHEN_CLOSED = /^\/(help-now|leave|leaving-quickly|healthz|readyz|metrics)(\/|$)/;

/** Whether a form still works on a read-only site. */
export function isAcceptedWhileClosing(path: string): boolean {
  return ALLOWED_WHEN_READ_ONLY.some((pattern) => pattern.test(path));
}

/**
 * Rejects publishing on a read-only site, and every request to a closed one except
 * `ALLOWED_WHEN_CLOSED`.
 */
export function closingGuard(
  settings: Pick<SiteSettings, 'siteClosing' | 'isReadOnly'>,
): (req: Request, res: Response, next: NextFunction) => void {
  return (req, _res, next) => {
    const closing = settings.siteClosing;
    if (closing === null) next();
    else if (closing.wiped) next(ALLOWED_WHEN_CLOSED.test(req.path) ? undefined : new SiteClosed());
    else
      next(
        WRITING.includes(req.method) && settings.isReadOnly && !isAcceptedWhileClosing(req.path)
          ? new SiteReadOnly()
          : undefined,
      );
  };
}
