import { ImportFault } from './import-fault.js';

/**
 * Streams the objects of a JSON Lines file with bounded memory.
 * @throws ImportFault with the number of the first invalid line
 */
export async function* jsonLines(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Record<string, unknown>> {
  let rest: Buffer[] = [];
  let line = 0;
  const parsed = (bytes: Buffer): Record<string, unknown> | null => {
    line += 1;
    const text = bytes.toString('utf8').trim();
    if (text === '') return null;
    if (text.startsWith('['))
      throw new ImportFault(
        'The file is one array: export it without --jsonArray, with one object per line.',
      );
    const value = objectOf(text);
    if (value === null)
      throw new ImportFault(`Line ${line} of the file is not a JSON object: export it again.`);
    return value;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const value = parsed(Buffer.concat([...rest, chunk.subarray(from, end)]));
      rest = [];
      from = end + 1;
      if (value !== null) yield value;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  const last = parsed(Buffer.concat(rest));
  if (last !== null) yield last;
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    // A line that is not valid JSON contains no object.
    return null;
  }
}
