import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';

/** Four times the size of the longest post; larger bodies get 413. */
const LIMIT = '256kb';
/** An administrator may paste a whole library of strategies. */
const LARGE = { path: '/admin/strategies/import', limit: '6mb' };
/** An email of 10 MB with its attachments, in Base64, from an authenticated mail server. */
const MAIL = { path: '/webhooks/mail/', limit: '16mb' };
/**
 * Mail clients post here with any content type (RFC 8058, 3.2); only the path identifies the
 * subscription.
 */
const ONE_CLICK = '/unsubscribe/';
const MAX_FIELDS = 400;
const FORM = 'application/x-www-form-urlencoded';

function refused(status: number): Error {
  return Object.assign(new Error('refused'), { status });
}

/**
 * Parses the fields of a form; a repeated name becomes a list. Invalid UTF-8 becomes the
 * replacement character instead of leaving the whole field undecoded.
 */
export function fieldsOf(body: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null) as Record<
    string,
    string | string[]
  >;
  let count = 0;
  for (const [name, value] of new URLSearchParams(body)) {
    if (++count > MAX_FIELDS) throw refused(413);
    const existing = fields[name];
    if (existing === undefined) fields[name] = value;
    else if (Array.isArray(existing)) existing.push(value);
    else fields[name] = [existing, value];
  }
  return fields;
}

/**
 * Parses request bodies: forms as `application/x-www-form-urlencoded`, and JSON only under `/api`
 * and `/webhooks`. Any other type gets 415, except one-click unsubscribing, which ignores its body.
 */
export function readBody(): RequestHandler[] {
  const text = express.text({ type: FORM, limit: LIMIT });
  const large = express.text({ type: FORM, limit: LARGE.limit });
  const json = express.json({ limit: LIMIT });
  const mail = express.json({ limit: MAIL.limit });
  return [
    (req: Request, res: Response, next: NextFunction): void => {
      if (
        req.method !== 'POST' &&
        req.method !== 'PUT' &&
        req.method !== 'PATCH' &&
        req.method !== 'DELETE'
      ) {
        next();
      } else if (
        req.path.startsWith('/api/') &&
        req.headers['content-type'] !== undefined &&
        req.is('application/json') === false
      ) {
        next(refused(415));
      } else if (req.path.startsWith('/api/') || req.path.startsWith('/webhooks/')) {
        (req.path.startsWith(MAIL.path) && req.headers.authorization !== undefined ? mail : json)(
          req,
          res,
          next,
        );
      } else if (req.headers['content-type'] !== undefined && req.is(FORM) === false) {
        next(req.path.startsWith(ONE_CLICK) ? undefined : refused(415));
      } else {
        (req.path === LARGE.path ? large : text)(req, res, next);
      }
    },
    (req: Request, _res: Response, next: NextFunction): void => {
      try {
        if (typeof req.body === 'string') req.body = fieldsOf(req.body);
        next();
      } catch (error) {
        next(error);
      }
    },
  ];
}
