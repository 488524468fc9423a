import { NotFoundException } from '@nestjs/common';
import type { Request } from 'express';
import { WrongMethod } from '../kernel/errors.js';

/** As much as is asked of a layer of Express's router. */
interface RouteLayer {
  readonly route?: { readonly methods: Record<string, boolean> };
  match(path: string): boolean;
}

/**
 * No route answered: where one would have under another method, that is said. Only patterns are
 * looked at, so it tells nothing of what is there.
 * @returns the error as it came, or the refusal that fits better
 */
export function methodNotAllowed(error: unknown, req: Request): unknown {
  if (!(error instanceof NotFoundException)) return error;
  const { stack } = (req.app as unknown as { router: { stack: RouteLayer[] } }).router;
  const methods = stack.flatMap((layer) =>
    layer.route !== undefined && layer.match(req.path) ? Object.keys(layer.route.methods) : [],
  );
  const allowed = [...new Set(methods.map((method) => method.toUpperCase()))];
  if (allowed.length === 0 || allowed.includes(req.method)) return error;
  return new WrongMethod(allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed);
}
