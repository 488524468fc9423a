/** Marked-up text of another forum: BBCode, XML and foreign Markdown are read into this. */
export type MarkupNode = string | MarkupElement;

export interface MarkupElement {
  /** In small letters, as BBCode or HTML name it. */
  readonly tag: string;
  /** `value` is what stands right behind the name: `[url=value]`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: MarkupNode[];
}

/** A text as Sameboat keeps it, and what was lost on the way. */
export interface Converted {
  markdown: string;
  /** Kinds of loss as in `ImportLoss.what`, once for each time. */
  losses: string[];
}

export function element(
  tag: string,
  children: MarkupNode[] = [],
  attributes: Record<string, string> = {},
): MarkupElement {
  return { tag, attributes, children };
}

/** The words within, without marks. */
export function textOf(nodes: readonly MarkupNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('');
}
