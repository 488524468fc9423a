import { readdirSync } from 'node:fs';
import type { EntityTarget, ObjectLiteral } from 'typeorm';

/** Every class exported by an `x.entity.ts`, as foreign keys refer to each other's tables. */
export async function allEntities(): Promise<EntityTarget<ObjectLiteral>[]> {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.entity.ts'))
    .sort();
  const modules = await Promise.all(
    files.map(
      (name) =>
        import(`../../src/${name.replace(/\.ts$/, '.js')}`) as Promise<Record<string, unknown>>,
    ),
  );
  return modules
    .flatMap((module) => Object.values(module))
    .filter((each) => typeof each === 'function') as EntityTarget<ObjectLiteral>[];
}
