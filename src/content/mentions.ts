import type MarkdownIt from 'markdown-it';

/** A separate `@handle`: not part of an address, a path or another word. */
const MENTION = /(?<![\w@./+-])@([a-z][a-z0-9-]{2,23})(?![\w@-])/gi;

/** Input and output of the rule below while it renders one text. */
export interface MentionEnv extends Record<PropertyKey, unknown> {
  /** Handles that become links, as spelt in URLs, by their lower-case form. */
  linked?: ReadonlyMap<string, string>;
  /** Collects every mentioned handle, in lower case. */
  found?: Set<string>;
}

type Markdown = InstanceType<typeof MarkdownIt>;
type Token = ReturnType<Markdown['parse']>[number];

/**
 * Turns mentions into links, except in code, in links, and in quoted lines, which may be somebody
 * else's text.
 */
export function mentionPlugin(markdown: Markdown): void {
  markdown.core.ruler.push('mentions', (state) => {
    const env = state.env as MentionEnv;
    if (env.linked === undefined && env.found === undefined) return;
    let quoted = 0;
    for (const block of state.tokens) {
      if (block.type === 'blockquote_open') quoted += 1;
      if (block.type === 'blockquote_close') quoted -= 1;
      if (block.type !== 'inline' || quoted > 0 || block.children === null) continue;
      let links = 0;
      block.children = block.children.flatMap((token) => {
        if (token.type === 'link_open') links += 1;
        if (token.type === 'link_close') links -= 1;
        return token.type === 'text' && links === 0
          ? withLinks(token, env, (type, tag, nesting) => new state.Token(type, tag, nesting))
          : [token];
      });
    }
  });
}

function withLinks(
  token: Token,
  { linked, found }: MentionEnv,
  make: (type: string, tag: string, nesting: 1 | 0 | -1) => Token,
): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  const text = (words: string): Token => Object.assign(make('text', '', 0), { content: words });
  for (const match of token.content.matchAll(MENTION)) {
    const key = (match[1] ?? '').toLowerCase();
    found?.add(key);
    const handle = linked?.get(key);
    if (handle === undefined) continue;
    const open = make('link_open', 'a', 1);
    open.attrs = [
      ['href', `/@${handle}`],
      ['class', 'mention'],
    ];
    tokens.push(text(token.content.slice(from, match.index)), open, text(match[0]));
    tokens.push(make('link_close', 'a', -1));
    from = match.index + match[0].length;
  }
  return tokens.length === 0 ? [token] : [...tokens, text(token.content.slice(from))];
}

/** A PostgreSQL pattern for the link of a mention; its first group is the text as written. */
export function mentionLinkPattern(handle: string): string {
  return `<a href="/@${handle}" class="mention">(@[A-Za-z0-9-]+)</a>`;
}
