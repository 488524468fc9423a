// Formats the Handlebars templates; with --check, only lists those that are not formatted.
// Prettier's printer is for Ember's dialect, which has no partials, so js-beautify is used.
// Templates with a textarea are left unchanged, as indentation inside would become part of the
// value. So is plain text.
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

// A tag including Handlebars expressions. js-beautify mistakes a block inside a tag for an
// attribute and adds spaces that would reach the page, so tags are left unchanged.
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
