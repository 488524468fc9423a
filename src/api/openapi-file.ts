import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { makeDocument, type ApiDescription } from './openapi.js';

/** Written beside the compiled program by `npm run build`. */
const FILE = fileURLToPath(new URL('./openapi.json', import.meta.url));

export function writeDocument(document: ApiDescription, file = FILE): void {
  writeFileSync(file, JSON.stringify(document));
}

/** The OpenAPI document of the API, loaded lazily. */
@Injectable()
export class ApiDocument {
  private made: Promise<ApiDescription> | undefined;

  /**
   * Reads the document from the build, or generates it if there is none, as in development and
   * tests.
   */
  read(): Promise<ApiDescription> {
    this.made ??= existsSync(FILE)
      ? Promise.resolve(JSON.parse(readFileSync(FILE, 'utf8')) as ApiDescription)
      : makeDocument();
    return this.made;
  }
}
