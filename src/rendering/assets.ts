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
  /** As browsers take it; compressed when it is first asked for. */
  readonly compressed: Record<'br' | 'gzip', () => Promise<Buffer>>;
}

const brotliCompress = promisify<Buffer, Buffer>(zlib.brotliCompress);
const gzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gzip);

/** Done at the first call, and the same from then on. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | null = null;
  return () => (done ??= work());
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

function joined(folder: string, ending: string): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

/**
 * Style sheets and scripts as one file each, and the drawings; each under an address that changes
 * with its content.
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
    this.add('site.css', joined(join(this.folder, 'css'), '.css'));
    this.add('site.js', joined(join(this.folder, 'js'), '.js'));
    for (const name of readdirSync(this.folder).filter((file) => file.endsWith('.svg'))) {
      this.add(name, readFileSync(join(this.folder, name), 'utf8'));
    }
  }

  /** The address of an asset by its plain name. */
  path(name: string): string {
    const asset = this.byName.get(name);
    if (asset === undefined) throw new Error(`no asset ${name}`);
    return asset.path;
  }

  at(path: string): Asset | undefined {
    return this.byPath.get(path);
  }

  private add(name: string, text: string): void {
    const body = Buffer.from(text);
    const ending = extname(name);
    const mark = createHash('sha256').update(body).digest('hex').slice(0, 10);
    const path = `/assets/${name.slice(0, -ending.length)}-${mark}${ending}`;
    const asset: Asset = {
      path,
      body,
      type: TYPES[ending] ?? 'application/octet-stream',
      compressed: {
        br: once(() => brotliCompress(body)),
        gzip: once(() => gzip(body, { level: 9 })),
      },
    };
    this.byName.set(name, asset);
    this.byPath.set(path, asset);
  }
}
