// Indents the Handlebars templates; with --check it only says which are not as they should be.
// Prettier's Handlebars printer follows Ember's dialect, which has no partials, so this is done by
// js-beautify. A template that holds a text area is left as it was written: an indented line inside
// it would become part of what somebody is writing. Plain text is left alone too.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import beautify from 'js-beautify';

const OPTIONS = {
  indent_size: 2,
  indent_handlebars: true,
  indent_inner_html: true,
  wrap_line_length: 0,
  preserve_newlines: true,
  max_preserve_newlines: 1,
  end_with_newline: true,
  extra_liners: [],
};

function templates(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return templates(path);
    return entry.name.endsWith('.hbs') && !entry.name.endsWith('.txt.hbs') ? [path] : [];
  });
}

// A tag with whatever Handlebars stands in it. js-beautify takes a block inside a tag for an attribute
// and sets spaces around it, which would reach the page: tags stay as they were written.
const TAG = /<[a-zA-Z/!](?:\{\{.*?\}\}|"(?:\{\{.*?\}\}|[^"])*"|[^>"])*>/gs;

function format(text) {
  const tags = text.match(TAG) ?? [];
  const formatted = beautify.html(text, OPTIONS);
  if ((formatted.match(TAG) ?? []).length !== tags.length) return text;
  let at = 0;
  return formatted.replace(TAG, () => tags[at++]);
}

const check = process.argv.includes('--check');
let wrong = 0;
for (const path of templates('views')) {
  const text = readFileSync(path, 'utf8');
  if (/<(textarea|pre)\b/.test(text)) continue;
  const formatted = format(text);
  if (formatted === text) continue;
  wrong += 1;
  if (check) console.error(`not formatted: ${path}`);
  else writeFileSync(path, formatted);
}
if (check && wrong > 0) {
  console.error('npm run format');
  process.exitCode = 1;
}
