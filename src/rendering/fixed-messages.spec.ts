import Handlebars from 'handlebars';
import { describe, expect, it } from '@jest/globals';
import { withFixedMessages } from './fixed-messages.js';

const WORDS: Record<string, string> = { 'a.b': 'Tea & "cake"', 'a.c': 'Say {{hello}} \\' };

function rendered(text: string, view: object = {}): string {
  const engine = Handlebars.create();
  engine.registerHelper('t', (key: string, options: Handlebars.HelperOptions) => {
    return `asked ${key} ${JSON.stringify(options.hash)}`;
  });
  engine.registerPartial('field', '[{{label}}]');
  const program = withFixedMessages(text, (key) => WORDS[key] ?? null);
  return engine.compile(program, { knownHelpers: { t: true } as never })(view);
}

describe('withFixedMessages', () => {
  it('inlines messages, escaped like a lookup would', () => {
    expect(rendered('<p>{{t "a.b"}}</p>')).toBe('<p>Tea &amp; &quot;cake&quot;</p>');
    expect(rendered('<p>{{{t "a.b"}}}</p>')).toBe('<p>Tea & "cake"</p>');
  });

  it('does not parse messages as templates', () => {
    expect(rendered('{{{t "a.c"}}}{{#if yes}}!{{/if}}', { yes: true })).toBe('Say {{hello}} \\!');
  });

  it('passes messages to partials unchanged', () => {
    expect(rendered('{{> field label=(t "a.b")}}')).toBe('[Tea &amp; &quot;cake&quot;]');
  });

  it('inlines messages inside blocks and attributes', () => {
    const text = '{{#if yes}}<a title="{{t "a.b"}}">{{else}}{{t "a.b"}}{{/if}}';
    expect(rendered(text, { yes: true })).toBe('<a title="Tea &amp; &quot;cake&quot;">');
    expect(rendered(text)).toBe('Tea &amp; &quot;cake&quot;');
  });

  it('leaves messages with parameters or unknown keys to the lookup', () => {
    expect(rendered('{{{t "a.b" count=2}}}')).toBe('asked a.b {"count":2}');
    expect(rendered('{{{t "z"}}}')).toBe('asked z {}');
    expect(rendered('{{{t key}}}', { key: 'a.b' })).toBe('asked a.b {}');
  });
});
