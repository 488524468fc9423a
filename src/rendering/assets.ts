import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { VIEWS } from '../kernel/paths.js';

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
  /** Compressed on first request, in the encodings that browsers accept. */
  readonly compressed: Record<'br' | 'gzip', () => Promise<Buffer>>;
}

const brotliCompress = promisify<Buffer, Buffer>(zlib.brotliCompress);
const gzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gzip);

/** Memoises an asynchronous function without arguments. */
function memoised<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | null = null;
  return () => (done ??= work());
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
};

/** Folders whose files are served individually. */
const SINGLE_FILES = ['', 'pages'];
/** The service worker. Browsers identify it by its URL, which therefore never changes. */
export const WORKER_PATH = '/worker.js';

function joined(folder: string, ending: string): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

/** A style sheet without comments and indentation, a fifth of its compressed size. */
function withoutComments(css: string): string {
  return css.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\n\s+/g, '\n');
}

/**
 * Style sheets and scripts, bundled into one file each; scripts of single pages; and images. Every
 * URL contains a fingerprint of the content, except the service worker's.
 */
export class Assets {
  private byName = new Map<string, Asset>();
  private byPath = new Map<string, Asset>();

  constructor(private readonly folder = join(VIEWS, 'assets')) {
    this.load();
  }

  load(): void {
    this.byName = new Map();
    this.byPath = new Map();
    this.add('site.css', withoutComments(joined(join(this.folder, 'css'), '.css')));
    this.add('site.js', joined(join(this.folder, 'js'), '.js'));
    for (const folder of SINGLE_FILES) {
      const path = join(this.folder, folder);
      for (const name of readdirSync(path).filter((file) => extname(file) in TYPES))
        this.add(name, readFileSync(join(path, name)));
    }
    this.add('worker.js', readFileSync(join(this.folder, 'worker', 'worker.js')), WORKER_PATH);
  }

  /** The fingerprinted URL of an asset, by its plain name. */
  path(name: string): string {
    const asset = this.byName.get(name);
    if (asset === undefined) throw new Error(`no asset ${name}`);
    return asset.path;
  }

  at(path: string): Asset | undefined {
    return this.byPath.get(path);
  }

  private add(name: string, content: string | Buffer, fixedPath?: string): void {
    const body = Buffer.from(content);
    const ending = extname(name);
    const mark = createHash('sha256').update(body).digest('hex').slice(0, 10);
    const path = fixedPath ?? `/assets/${name.slice(0, -ending.length)}-${mark}${ending}`;
    const asset: Asset = {
      path,
      body,
      type: TYPES[ending] ?? 'application/octet-stream',
      compressed: {
        br: memoised(() => brotliCompress(body)),
        gzip: memoised(() => gzip(body, { level: 9 })),
      },
    };
    this.byName.set(name, asset);
    this.byPath.set(path, asset);
  }
}
