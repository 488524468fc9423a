const WIDTH = 30;

/** Draws a progress bar on a terminal, on stderr: stdout stays machine-readable. */
export function progressBar(what: string, done: number, all: number): void {
  if (!process.stderr.isTTY) return;
  const part = all === 0 ? 1 : Math.min(1, done / all);
  const full = Math.round(part * WIDTH);
  const filled = '#'.repeat(full) + '.'.repeat(WIDTH - full);
  process.stderr.write(`\r${what.padEnd(12)} [${filled}] ${Math.round(part * 100)} % `);
  if (part === 1) process.stderr.write('\n');
}
