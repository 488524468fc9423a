import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface Pattern {
  /** File and line. */
  readonly where: string;
  readonly pattern: RegExp;
}

const SRC = 'src';
/** Rooms whose patterns are applied to members' texts. */
const ROOMS = ['disclosure', 'helplines', 'import', 'review', 'safety-plans', 'triage'];
/** Further files: counting links, and a member's muted words. */
const OTHERS = ['posts/hold-policy.ts', 'accounts/reading-preferences.ts', 'content/markdown.ts'];

function files(): string[] {
  const inRooms = ROOMS.flatMap((room) =>
    readdirSync(join(SRC, room), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${room}/${name}`,
    ),
  );
  return [
    ...inRooms.filter((name) => name.endsWith('.ts') && !name.endsWith('spec.ts')),
    ...OTHERS,
  ];
}

function eachNode(file: string, visit: (node: ts.Node, where: string) => void): void {
  const text = readFileSync(join(SRC, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const walk = (node: ts.Node): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    visit(node, `${file}:${line + 1}`);
    ts.forEachChild(node, walk);
  };
  walk(source);
}

/** Regular expression literals in the sources. */
export function writtenPatterns(): Pattern[] {
  const found: Pattern[] = [];
  for (const file of files()) {
    eachNode(file, (node, where) => {
      if (!ts.isRegularExpressionLiteral(node)) return;
      const end = node.text.lastIndexOf('/');
      found.push({ where, pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) });
    });
  }
  return found;
}

/** Places in the sources where a pattern is built at run time. */
export function placesOfMaking(): string[] {
  const found: string[] = [];
  for (const file of files()) {
    eachNode(file, (node, where) => {
      if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') found.push(where);
    });
  }
  return found;
}

/**
 * Records every pattern that these sources build, with its place, from now on. Must be called
 * before they are loaded; line numbers match the source, as types are only stripped.
 */
export function watchMaking(): Pattern[] {
  const made: Pattern[] = [];
  const known = new Set<string>();
  globalThis.RegExp = new Proxy(RegExp, {
    construct(target, args, newTarget): RegExp {
      const pattern = Reflect.construct(target, args, newTarget) as RegExp;
      const where = /\/src\/([\w/-]+\.ts:\d+)/.exec(new Error().stack ?? '')?.[1];
      const key = `${where ?? ''} ${pattern.source}`;
      if (where !== undefined && !known.has(key)) {
        known.add(key);
        made.push({ where, pattern });
      }
      return pattern;
    },
  });
  return made;
}
