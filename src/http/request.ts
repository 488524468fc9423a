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
       * Set when the path named a member's page and the session could not be read because the
       * database is away.
       */
      sessionUnknown?: boolean;
    }
  }
}

/** Whoever looks; null for a guest. */
export const CurrentViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): MaybeViewer =>
    context.switchToHttp().getRequest<Request>().viewer ?? null,
);

/** A signed-in member; a guest is sent to log in and brought back. */
export const CurrentMember = createParamDecorator(
  (_: unknown, context: ExecutionContext): Viewer => {
    const viewer = context.switchToHttp().getRequest<Request>().viewer ?? null;
    if (viewer === null) throw new NotSignedIn();
    return viewer;
  },
);

/** An id in a path; anything else names nothing. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isId(value)) throw new NotFound();
    return value;
  }
}

/**
 * A keyed place to count by, not a log of who was where: the caller's network, IPv6 cut to its /64.
 */
export function networkOf(req: Request): string {
  return networkOfAddress(req.ip ?? '');
}

export function textQuery(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' ? value : undefined;
}

/** The one of the values that a query names; '' for none, or another value, as in an old link. */
export function choiceQuery<Value extends string>(
  req: Request,
  name: string,
  values: readonly Value[],
): Value | '' {
  return values.find((value) => value === textQuery(req, name)) ?? '';
}

/** The reader's language and time zone. */
export const I18n = createParamDecorator((_: unknown, context: ExecutionContext): Translator => {
  const words = context.switchToHttp().getRequest<Request>().i18n;
  if (words === undefined) throw new Error('the words middleware did not run');
  return words;
});
