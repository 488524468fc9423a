import type { NextFunction, Request, Response } from 'express';
import { SiteClosed, SiteReadOnly } from '../kernel/errors.js';
import type { SiteSettings } from './site-settings.js';

/**
 * Forms that a site about to close still takes: getting in, one's own settings, data and private
 * pages, leaving, deleting what is one's own, asking for help, and all that keeps people safe.
 */
const STILL_TAKEN = [
  /^\/(login|logout|forgot|reset|verify|display|unsubscribe|settings|drafts|toolkit)(\/|$)/,
  /^\/(notifications|decisions|reports|report-illegal|aftercare|rests|find|mod|admin)(\/|$)/,
  // What programs of members do in the same way; taking away is never refused.
  /^\/api\/v1\/(posts\/\d+\/(card|reports)|toolkit(\/.*)?|notifications(\/.*)?)$/,
  // What mail servers bring is decided where it is taken in.
  /^\/webhooks\//,
  /^\/posts\/\d+\/(safe|need-now|report|delete|delete-title|detach|hide-card|block|unblock)$/,
  /^\/members\/[^/]+\/(block|unblock)$/,
  /^\/t\/\d+\/(mute|unfollow|unsave|lock|unlock)$/,
  /^\/c\/[^/]+\/leave$/,
  /^\/strategies\/(for|[^/]+\/(hide|unhide|withdraw))$/,
];

/** DELETE takes away what is a member's own, and is none of them. */
const WRITING = ['POST', 'PUT', 'PATCH'];

/** What is still there once everything was wiped. */
const OUTLASTS = /^\/(help-now|leave|leaving-quickly|healthz|readyz|metrics)(\/|$)/;

/** Whether a form may be sent although the site is about to close. */
export function isStillTaken(path: string): boolean {
  return STILL_TAKEN.some((pattern) => pattern.test(path));
}

/** Refuses what would write for others on a site that is read-only, and all on one that closed. */
export function guardClosing(
  settings: Pick<SiteSettings, 'siteClosing' | 'isReadOnly'>,
): (req: Request, res: Response, next: NextFunction) => void {
  return (req, _res, next) => {
    const closing = settings.siteClosing;
    if (closing === null) next();
    else if (closing.wiped) next(OUTLASTS.test(req.path) ? undefined : new SiteClosed());
    else
      next(
        WRITING.includes(req.method) && settings.isReadOnly && !isStillTaken(req.path)
          ? new SiteReadOnly()
          : undefined,
      );
  };
}
