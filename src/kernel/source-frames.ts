import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './paths.js';

/** A location in a built file, as a stack trace prints it. */
const PLACE = /(file:\/\/[^\s()]+?\.js):(\d+):(\d+)/g;
/** Maximum number of cached locations: an error that occurs a thousand times is looked up once. */
const MAX_CACHED = 500;
const cache = new Map<string, string>();

/**
 * Maps the locations of a stack trace, or of a single frame, from built files to their sources.
 * Maps are read only when an error is logged: Node's own `--enable-source-maps` would hold all of
 * them in memory.
 * @returns locations without a map unchanged
 */
export function sourceFrames(stack: string): string {
  const maps = new Map<string, SourceMap | null>();
  return stack.replace(PLACE, (place: string, url: string, line: string, column: string) => {
    let frame = cache.get(place);
    if (frame === undefined) {
      frame = lookUp(url, Number(line), Number(column), maps) ?? place;
      if (cache.size >= MAX_CACHED) cache.clear();
      cache.set(place, frame);
    }
    return frame;
  });
}

function lookUp(
  url: string,
  line: number,
  column: number,
  maps: Map<string, SourceMap | null>,
): string | null {
  try {
    const file = fileURLToPath(url);
    let map = maps.get(file);
    if (map === undefined) {
      map = existsSync(`${file}.map`)
        ? new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload)
        : null;
      maps.set(file, map);
    }
    const entry = map?.findEntry(line - 1, column - 1);
    if (entry === undefined || !('originalSource' in entry)) return null;
    const source = relative(ROOT, resolve(file, '..', entry.originalSource));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  } catch {
    // Logging an error must not fail because its location is unknown.
    return null;
  }
}
