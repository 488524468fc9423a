#!/usr/bin/env bash
# A template loop around a component is dropped, even under strict validation.
. "$(dirname "$0")/lib.sh"

packages mjml@5.4.1
expected "text that MJML does not know is kept, or rejected if validationLevel is strict"
seen "between components it is silently dropped; inside mj-text and mj-raw it is kept"

javascript <<'JS'
import mjml from 'mjml';

const marks = async (body) => {
  const { html, errors } = await mjml(
    `<mjml><mj-body><mj-section><mj-column>${body}</mj-column></mj-section></mj-body></mjml>`,
    { validationLevel: 'strict' },
  );
  return `${JSON.stringify(html.match(/\{\{[^}]*\}\}/g) ?? [])} errors: ${errors.length}`;
};
console.log(await marks('{{#each posts}}<mj-text>{{title}}</mj-text>{{/each}}'));
console.log(await marks('<mj-text>{{#each posts}}{{title}}{{/each}}</mj-text>'));
console.log(await marks(`<mj-raw>{{#each posts}}</mj-raw>
  <mj-text>{{title}}</mj-text><mj-raw>{{/each}}</mj-raw>`));
JS

shows <<'OUT'
["{{title}}"] errors: 0
["{{#each posts}}","{{title}}","{{/each}}"] errors: 0
["{{#each posts}}","{{title}}","{{/each}}"] errors: 0
OUT
