import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { eventRoutes } from './event-routes.js';
import { schedule } from './schedule.js';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
const all = (ending: string, pattern: RegExp): string[][] =>
  files
    .filter((name) => name.endsWith(ending))
    .flatMap((name) =>
      [...readFileSync(`src/${name}`, 'utf8').matchAll(pattern)].map((match) => match.slice(1)),
    );

describe('what follows from what happened', () => {
  it('is said of every event, and of none that nobody tells', () => {
    const told = all('.events.ts', /event<[^>]*>\(\s*'([^']+)'/g).map(([name]) => name);
    expect(told.length).toBeGreaterThan(5);
    expect(Object.keys(eventRoutes).sort()).toEqual([...told].sort());
  });

  it('is carried by ids alone', () => {
    const shapes = all('.events.ts', /event<\{([^}]*)\}>/g).flatMap(([ids = '']) =>
      ids.split(';').map((each) => each.trim()),
    );
    expect(shapes.length).toBeGreaterThan(5);
    for (const shape of shapes) expect(shape).toMatch(/^(\w+Id: string|asked: number)$/);
  });

  it('names each job on the queue that its handler names', () => {
    const handlers = new Map(
      all('.job.ts', /@Handles\('([^']+)'(?:, '(\w+)')?\)/g).map(
        ([name = '', queue = 'default']) => [name, queue],
      ),
    );
    expect(handlers.size).toBeGreaterThan(3);
    const named = [...Object.values(eventRoutes).flat(), ...schedule].map(({ job, queue }) => [
      job,
      queue,
    ]);
    for (const [job = '', queue] of named) expect([job, handlers.get(job)]).toEqual([job, queue]);
    expect([...handlers.keys()].filter((job) => !named.some(([name]) => name === job))).toEqual([]);
  });
});
