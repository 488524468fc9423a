import { NotFoundException } from '@nestjs/common';
import type { Request } from 'express';
import { WrongMethod } from '../kernel/errors.js';

/** The part of a layer of Express's router that is used here. */
interface RouteLayer {
  readonly route?: { readonly methods: Record<string, boolean> };
  match(path: string): boolean;
}

/**
 * Turns a 404 into a 405 if a route exists for another method. Only patterns are compared, so the
 * response does not reveal which resources exist.
 * @returns the original error, or WrongMethod
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
