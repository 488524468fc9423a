/** Syntax tree of another forum's markup: BBCode, XML and foreign Markdown are parsed into it. */
export type MarkupNode = string | MarkupElement;

export interface MarkupElement {
  /** In lower case, as in BBCode or HTML. */
  readonly tag: string;
  /** `value` is the value of the tag itself: `[url=value]`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: MarkupNode[];
}

/** A text in Sameboat's format, and what was lost in the conversion. */
export interface Converted {
  markdown: string;
  /** Kinds of loss as in `ImportLoss.what`, one for each occurrence. */
  losses: string[];
}

export function element(
  tag: string,
  children: MarkupNode[] = [],
  attributes: Record<string, string> = {},
): MarkupElement {
  return { tag, attributes, children };
}

/** The text content, without formatting. */
export function textOf(nodes: readonly MarkupNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('');
}
