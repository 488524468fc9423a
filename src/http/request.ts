import {
  createParamDecorator,
  type ExecutionContext,
  PipeTransform,
  Injectable,
} from '@nestjs/common';
import type { Request } from 'express';
import { NotFound, NotSignedIn } from '../kernel/errors.js';
import { isId } from '../kernel/ids.js';
import { networkOfAddress } from '../kernel/network.js';
import type { Translator } from '../i18n/translator.js';
import type { MaybeViewer, Viewer } from './viewer.js';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    interface Request {
      viewer?: MaybeViewer;
      i18n?: Translator;
      /**
       * Whether the path belongs to a members' page and the session could not be read because the
       * database is unreachable.
       */
      sessionUnknown?: boolean;
    }
  }
}

/** Parameter decorator: the viewer, or null for a guest. */
export const CurrentViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): MaybeViewer =>
    context.switchToHttp().getRequest<Request>().viewer ?? null,
);

/** Parameter decorator: the signed-in member. Guests are redirected to the log-in and back. */
export const CurrentMember = createParamDecorator(
  (_: unknown, context: ExecutionContext): Viewer => {
    const viewer = context.switchToHttp().getRequest<Request>().viewer ?? null;
    if (viewer === null) throw new NotSignedIn();
    return viewer;
  },
);

/** Validates an id in a path; anything else gets 404. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isId(value)) throw new NotFound();
    return value;
  }
}

/**
 * The caller's network for rate limits, with IPv6 reduced to its /64. It is only stored as a keyed
 * digest, never as a log of addresses.
 */
export function networkOf(req: Request): string {
  return networkOfAddress(req.ip ?? '');
}

export function textQuery(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of a query parameter that may be repeated; empty if it is missing. */
export function listQuery(req: Request, name: string): string[] {
  return [req.query[name] ?? []].flat().filter((value) => typeof value === 'string');
}

/**
 * One of the allowed values of a query parameter; '' if it is missing or has another value, as in
 * an old link.
 */
export function choiceQuery<Value extends string>(
  req: Request,
  name: string,
  values: readonly Value[],
): Value | '' {
  return values.find((value) => value === textQuery(req, name)) ?? '';
}

/** Parameter decorator: the translator for the reader's language and time zone. */
export const I18n = createParamDecorator((_: unknown, context: ExecutionContext): Translator => {
  const words = context.switchToHttp().getRequest<Request>().i18n;
  if (words === undefined) throw new Error('the words middleware did not run');
  return words;
});
