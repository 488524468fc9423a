import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the built program; written by `npm run build`. */
const FILE = fileURLToPath(new URL('./emails.json', import.meta.url));

interface CompiledEmails {
  /** Hash of the sources. */
  readonly sha256: string;
  readonly html: readonly string[];
}

/**
 * The build's output for the sources, in order; null if there is none, or if it belongs to other
 * sources because a template was changed.
 */
export function compiledEmails(sources: readonly string[], file = FILE): readonly string[] | null {
  if (!existsSync(file)) return null;
  const { sha256, html } = JSON.parse(readFileSync(file, 'utf8')) as CompiledEmails;
  return sha256 === digestOf(sources) ? html : null;
}

export function writeCompiledEmails(
  sources: readonly string[],
  html: readonly string[],
  file = FILE,
): void {
  const compiled: CompiledEmails = { sha256: digestOf(sources), html };
  writeFileSync(file, JSON.stringify(compiled));
}

function digestOf(sources: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(sources)).digest('hex');
}
