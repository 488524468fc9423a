import { describe, expect, it } from '@jest/globals';
import express, { type Request, type Response } from 'express';
import type { AddressInfo } from 'node:net';
import { indexRoutes } from './route-index.js';

const PATTERNS = [
  'GET /',
  'GET /t/:id',
  'POST /t/:id/replies',
  'GET /tea',
  'GET /@:handle',
  'GET /files/*rest',
  'GET /find{/:what}',
  'GET /:anything/else',
  'GET /.well-known/x',
  'POST /:last',
];
const ASKED = PATTERNS.map((each) => each.split(' ')[1] ?? '').concat(
  ['/t/5', '/T/5/', '/t/5?a=/tea', '/t', '//t/5', '/%74/5', '/t/%E0%A4%A', '/tea/else', '/@kim'],
  ['/files/a/b', '/find', '/find/x', '/.well-known/x', '/nothing', '/t/5/else', '/t/5/replies'],
);

function site(indexed: boolean): express.Express {
  const app = express();
  app.use((_req, res, next) => {
    res.setHeader('x-before', 'yes');
    next();
  });
  for (const pattern of PATTERNS) {
    const [method, path] = pattern.split(' ') as [string, string];
    const answer = (req: Request, res: Response): void => {
      res.json({ pattern, params: req.params, route: (req.route as { path: string }).path });
    };
    if (method === 'GET') app.get(path, answer);
    else app.post(path, answer);
  }
  app.use((_req: Request, res: Response) => void res.status(404).json({ pattern: null }));
  app.use((error: Error, _req: Request, res: Response, _next: unknown) => {
    res.status(418).json({ error: error.name });
  });
  if (indexed) indexRoutes(app.router as never);
  return app;
}

async function answers(app: express.Express): Promise<string[]> {
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const all: string[] = [];
  for (const path of ASKED)
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE']) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
      const allow = answer.headers.get('allow');
      all.push(`${method} ${path} ${answer.status} ${allow} ${await answer.text()}`);
    }
  server.close();
  return all;
}

describe('indexRoutes', () => {
  it('matches the same routes as Express', async () => {
    const plain = await answers(site(false));
    expect(await answers(site(true))).toEqual(plain);
    for (const pattern of PATTERNS) expect(plain.join('\n')).toContain(`"pattern":"${pattern}"`);
  });

  it('skips routes that cannot match', async () => {
    const app = site(true);
    const router = app.router as unknown as { stack: { match: (path: string) => unknown }[] };
    let matched = 0;
    for (const layer of router.stack) {
      const { match } = layer;
      layer.match = (path) => {
        matched += 1;
        return match.call(layer, path);
      };
    }
    await answers(app);
    const asked = ASKED.length * 5;
    expect(matched).toBeLessThan((asked * PATTERNS.length) / 2 + asked * 3);
  });
});
