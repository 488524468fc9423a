import type { MessagePart } from '../i18n/compiled-message.js';

/** Renders a template with its view and the data around every view. */
export type Render = (view: unknown, data: TemplateData) => string;

export interface TemplateData {
  page: unknown;
  /** Position in the innermost list. */
  index?: number;
  key?: number | string;
  first?: boolean;
  last?: boolean;
}

/** Whether a template gives text, or the UTF-8 bytes of a page: see `PageHtml`. */
export type Output = 'text' | 'bytes';

/** What compiled code calls. */
export interface RenderContext {
  /** The helpers that templates may call, by name; named arguments come last. */
  readonly helpers: Record<
    string,
    (first: unknown, named: Record<string, unknown>, data: TemplateData) => unknown
  >;
  readonly partial: (name: string) => Render;
  /** The texts and parameters of a message; null to call the helper `t` for it. */
  readonly message?: (key: string) => readonly MessagePart[] | null;
}
