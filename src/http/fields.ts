import { Transform } from 'class-transformer';

/** A check box: ticked is `on`, as browsers send it, or `true` or `1`, as programs do. */
export function Checkbox(): PropertyDecorator {
  return Transform(
    ({ value }) => value === 'on' || value === 'true' || value === '1' || value === true,
  );
}

/**
 * A field of digits becomes a number; anything else stays as it is, for `@IsInt` to refuse.
 * @param options `optional`: an empty field becomes undefined, for `@IsOptional`
 */
export function WholeNumber(options: { optional?: boolean } = {}): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    if (options.optional === true && value === '') return undefined;
    return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  });
}

/**
 * A text area with one entry a line becomes a list, without empty lines.
 * @param clean takes from each line what is not part of the entry
 */
export function Lines(clean: (line: string) => string = (line) => line): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? linesOf(value, clean) : value,
  );
}

function linesOf(text: string, clean: (line: string) => string): string[] {
  return text
    .split('\n')
    .map((line) => clean(line).trim())
    .filter((line) => line !== '');
}
