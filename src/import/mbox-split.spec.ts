import { describe, expect, it } from '@jest/globals';
import { mboxMessages, type MboxMessage } from './mbox-split.js';

async function* inPieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function split(text: string, size = 7): Promise<{ envelope: string; text: string }[]> {
  const found = [];
  for await (const { envelope, raw } of mboxMessages(inPieces(text, size)))
    found.push({ envelope, text: raw.toString() });
  return found;
}

/** A seeded pseudo-random sequence in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const ENVELOPE = 'From a@posts.example Sat Jan  3 01:05:34 1996';
const LINES = [
  '',
  'From ',
  'From me, on Monday',
  '>From ',
  '>>From x',
  'fromage',
  'é 🦉',
  ' From x',
].concat(ENVELOPE, `>${ENVELOPE}`, '> quoted');

describe('the splitter of mbox files', () => {
  it('recovers mboxrd messages, whatever the chunks', async () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = numbers(seed);
      const end = next() < 0.5 ? '\n' : '\r\n';
      const bodies = Array.from({ length: 1 + Math.floor(next() * 5) }, () =>
        ['Subject: x', '']
          .concat(
            Array.from(
              { length: Math.floor(next() * 9) },
              () => LINES[Math.floor(next() * LINES.length)] ?? '',
            ),
          )
          .map((line) => line + end),
      );
      const file = bodies
        .map((lines) => lines.map((line) => line.replace(/^(?=>*From )/, '>')).join(''))
        .map((body) => `${ENVELOPE}${end}${body}${end}`)
        .join('');
      const found = await split(file, 1 + Math.floor(next() * 40));
      expect({ seed, found }).toEqual({
        seed,
        found: bodies.map((lines) => ({ envelope: ENVELOPE, text: lines.join('') })),
      });
    }
  });

  it('distinguishes text that starts with From by the missing date or blank line', async () => {
    const text = `a: b\n\nFrom now on it is better.\n${ENVELOPE}\n\nFrom Monday to Sunday at 9:30\n`;
    expect(await split(`${ENVELOPE}\n${text}`)).toEqual([{ envelope: ENVELOPE, text }]);
  });

  it.each([
    'From 1234@xxx Sat Jan 03 01:05:34 +0000 2015',
    'From - Sat Jan 03 01:05:34 2015',
    'From anna at posts.example  Sat Jan  3 01:05:34 2015',
    'From a@posts.example Sat, 3 Jan 2015 01:05:34 2015',
  ])('reads %s', async (line) => {
    expect(await split(`${line}\n\nx\n\n${line}\n\ny\n`)).toHaveLength(2);
  });

  it('keeps the head of an oversized message', async () => {
    const text = `${ENVELOPE}\nSubject: x\n\n${'y'.repeat(34 << 20)}`;
    const messages = mboxMessages(inPieces(text, 1 << 18));
    const { value: message } = (await messages.next()) as { value?: MboxMessage };
    expect(message?.cut).toBe(true);
    expect(message?.raw.length).toBeLessThan(33 << 20);
    expect(message?.raw.toString('utf8', 0, 10)).toBe('Subject: x');
  });

  it('rejects a file that does not start with a From line', async () => {
    await expect(split('hello\n')).rejects.toThrow('is not an mbox');
    expect(await split('\n\n')).toEqual([]);
  });
});
