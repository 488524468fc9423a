import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/**
 * Milliseconds from the first load until new code is kept: after the start, and before V8 drops
 * what ran only then.
 */
const STARTED = 5_000;

/** The function that a file of the bundle consists of, as Node wraps a CommonJS module. */
type Wrapped = (
  exports: unknown,
  require: (id: string) => unknown,
  module: { exports: unknown },
  filename: string,
  dirname: string,
) => void;

/**
 * Loads the bundle with the code that V8 compiled before. Node's own compile cache would keep that
 * code in memory a second time, and ES modules keep the code that runs once.
 */
export class BundleLoader {
  private readonly loaded = new Map<string, { exports: unknown }>();
  /** Files that were compiled anew, by the path for their code. */
  private readonly fresh = new Map<string, Script>();
  private readonly requireOutside: NodeJS.Require;
  private readonly compiled: string;

  /**
   * @param bundle folder of the bundle
   * @param compiled folder of compiled code, which depends on V8 and its options
   */
  constructor(
    private readonly bundle: string,
    compiled: string,
  ) {
    this.requireOutside = createRequire(join(bundle, 'index.js'));
    this.compiled = join(compiled, String(cachedDataVersionTag()));
  }

  /**
   * Loads a file, and what it requires.
   * @param name of a file in the bundle
   * @returns its exports
   */
  load(name: string): unknown {
    const known = this.loaded.get(name);
    if (known !== undefined) return known.exports;
    const module: { exports: unknown } = { exports: {} };
    this.loaded.set(name, module);
    const path = join(this.bundle, name);
    const run = this.compile(name, path).runInThisContext() as Wrapped;
    const require = (id: string): unknown =>
      id.startsWith('./') ? this.load(id.slice(2)) : this.requireOutside(id);
    run.call(module.exports, module.exports, require, module, path, this.bundle);
    return module.exports;
  }

  /** How many files were compiled anew and are not kept yet. */
  get anew(): number {
    return this.fresh.size;
  }

  /** Keeps new code, with the functions that were called, for the next start. */
  keep(): void {
    try {
      mkdirSync(this.compiled, { recursive: true });
      for (const [file, script] of this.fresh) {
        writeFileSync(`${file}.${process.pid}`, script.createCachedData());
        renameSync(`${file}.${process.pid}`, file);
      }
    } catch {
      // The folder is read-only, or the disk is full: the next start compiles again.
    }
    this.fresh.clear();
  }

  private compile(name: string, path: string): Script {
    const source = readFileSync(path);
    const code = join(this.compiled, `${name}-${crc32(source).toString(16)}`);
    const cachedData = read(code);
    // The bundle is ASCII, so that its source takes one byte for each character.
    const script = new Script(source.toString('latin1'), {
      filename: pathToFileURL(path).href,
      ...(cachedData === null ? {} : { cachedData }),
    });
    if (cachedData === null || script.cachedDataRejected === true) this.add(code, script);
    return script;
  }

  private add(code: string, script: Script): void {
    if (this.fresh.size === 0) {
      setTimeout(() => this.keep(), STARTED).unref();
      process.once('exit', () => this.keep());
    }
    this.fresh.set(code, script);
  }
}

function read(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    // Not compiled yet.
    return null;
  }
}
