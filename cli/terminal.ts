/** Where a command's words go. Results are for standard output; progress and errors are not, they may be piped apart. */
export type Terminal = {
  /** Progress and remarks, for a person. */
  readonly note: (line: string) => void;
  /** The result: `data` with --json, else the text. */
  readonly result: (data: unknown, text: string) => void;
};

export function terminal(json: boolean): Terminal {
  return {
    note: (line) => void process.stderr.write(`${line}\n`),
    result: (data, text) =>
      void process.stdout.write(
        json ? `${JSON.stringify(data, undefined, 2)}\n` : text === '' ? '' : `${text}\n`,
      ),
  };
}

/** Columns with two spaces between; numbers are already text and right-aligned where `right` says so. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
