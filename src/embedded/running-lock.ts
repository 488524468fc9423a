import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedFault } from './cluster.js';

/** The start time of a process, which distinguishes it from a later one with the same pid. */
function startOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? null;
  } catch {
    // No /proc here, or the process has ended.
    return null;
  }
}

/**
 * Ensures a single running Sameboat for each DATA_DIR. A stale lock of a killed process is detected
 * and taken over.
 */
export class RunningLock {
  private constructor(private readonly file: string) {}

  static take(dataDir: string): RunningLock {
    mkdirSync(dataDir, { recursive: true });
    const file = join(dataDir, 'running');
    if (existsSync(file)) {
      const [pid, start] = readFileSync(file, 'utf8').trim().split(' ');
      const now = startOf(Number(pid));
      if (now !== null && now === start && Number(pid) !== process.pid) {
        throw new EmbeddedFault(
          `Sameboat already runs on this data (process ${pid}): stop that one first, or set DATA_DIR to another folder`,
        );
      }
    }
    writeFileSync(file, `${process.pid} ${startOf(process.pid) ?? ''}\n`);
    return new RunningLock(file);
  }

  release(): void {
    rmSync(this.file, { force: true });
  }
}
