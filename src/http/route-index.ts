import type { IncomingMessage } from 'node:http';

/**
 * The part of a layer of Express's router that is used here: a route, or middleware without one.
 */
interface Layer {
  readonly route?: { readonly path: string | string[] };
}

interface Router {
  stack: Layer[];
  handle: (this: Router, req: IncomingMessage, res: unknown, done: unknown) => void;
}

/** A path's first segment if it is fixed; any other route is in every bucket. */
const FIXED = /^\/([\w.-]*)(?:\/|$)/;

function firstSegments(layer: Layer): (string | null)[] {
  return [layer.route?.path ?? []]
    .flat()
    .map((path) => FIXED.exec(path)?.[1]?.toLowerCase() ?? null);
}

/**
 * Lets Express match a request only against routes with the same first path segment, in their
 * original order, instead of against all routes. Routes with another first segment could not match;
 * everything else remains Express's own routing. Call it once all routes are registered.
 */
export function indexRoutes(router: Router): void {
  const all = router.stack.map((layer) => ({ layer, segments: firstSegments(layer) }));
  const routersOf = (segment: string): Router => {
    const stack = all
      .filter(
        ({ segments }) => segments.every((each) => each === null) || segments.includes(segment),
      )
      .map(({ layer }) => layer);
    return Object.assign(Object.create(router) as Router, { stack });
  };
  const known = new Set(all.flatMap(({ segments }) => segments).filter((each) => each !== null));
  const bySegment = new Map([...known].map((segment) => [segment, routersOf(segment)]));
  const others = routersOf('?');
  const { handle } = router;
  router.handle = function (req, res, done) {
    const url = req.url ?? '';
    const segment = /^\/([^/?#]*)/.exec(url)?.[1];
    const chosen =
      segment === undefined ? router : (bySegment.get(segment.toLowerCase()) ?? others);
    handle.call(chosen, req, res, done);
  };
}
