export interface Line {
  what: string;
  figure: string;
  reference: string;
  ratio: number | null;
  goal: string;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Figures beside their reference of the same run. */
export function table(lines: Line[]): string {
  const rows = [
    ['what', 'figure', 'reference', 'ratio', 'goal'],
    ...lines.map((line) => [
      line.what,
      line.figure,
      line.reference,
      line.ratio === null ? '' : line.ratio.toFixed(2),
      line.goal,
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
