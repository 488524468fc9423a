import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { droppedErrors } from './support/dropped-errors.js';

describe('error handlers', () => {
  it.each([
    ['an empty clause', 'try { work(); } catch {}'],
    ['an answer without a word', 'try { work(); } catch { stop = true; }'],
    ['a promise', 'await work().catch(() => undefined);'],
    ['a second argument of then', 'work().then(done, () => null);'],
    ['an event', `client.on('error', () => undefined);`],
    ['an error that is named and not used', 'try { work(); } catch (error) { return null; }'],
    ['a comment on the work alone', '// Does the work.\ntry { work(); } catch { stop(); }'],
  ])('are found where they drop an error: %s', (_what, text) => {
    expect(droppedErrors(text)).toHaveLength(1);
  });

  it.each([
    ['throws', 'try { work(); } catch { throw new Fault(); }'],
    ['logs', 'try { work(); } catch (error) { log(error); }'],
    ['logs a rejection', 'await work().catch((error: unknown) => log(error));'],
    ['answers by the error', 'work().catch((error) => { if (isGone(error)) return null; });'],
    ['says why in it', 'try { work(); } catch { /* gone already */ }'],
    ['says why before it', '// Closed already.\nawait client.end().catch(() => undefined);'],
    ['hands it to a function', 'opening.catch(lost);'],
    ['is none', `client.on('end', () => undefined); work().then(() => null);`],
  ])('are in order: %s', (_what, text) => {
    expect(droppedErrors(text)).toEqual([]);
  });

  it('name the line', () => {
    expect(droppedErrors('work();\n\nawait work().catch(() => null);')).toEqual([3]);
  });

  it('drop no error anywhere in the source', () => {
    const files = globSync('src/**/*.ts').filter((file) => !file.endsWith('.spec.ts'));
    const found = files.flatMap((file) =>
      droppedErrors(readFileSync(file, 'utf8')).map((line) => `${file}:${line}`),
    );
    expect(files.length).toBeGreaterThan(500);
    expect(found.sort()).toEqual([]);
  });
});
