import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { makeDocument, type ApiDescription } from './openapi.js';

/** Beside the built program; `npm run build` writes it. */
const FILE = fileURLToPath(new URL('./openapi.json', import.meta.url));

export function writeDocument(document: ApiDescription, file = FILE): void {
  writeFileSync(file, JSON.stringify(document));
}

/** The OpenAPI document of the API, read when it is first asked for. */
@Injectable()
export class ApiDocument {
  private made: Promise<ApiDescription> | undefined;

  /** As the build made it; made now where there was no build, as in development and in tests. */
  read(): Promise<ApiDescription> {
    this.made ??= existsSync(FILE)
      ? Promise.resolve(JSON.parse(readFileSync(FILE, 'utf8')) as ApiDescription)
      : makeDocument();
    return this.made;
  }
}
