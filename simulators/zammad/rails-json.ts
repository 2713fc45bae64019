/** The five characters that Rails escapes inside JSON, so that the text can stand in HTML. */
const UNSAFE = /[<>&\u2028\u2029]/g;

/** JSON as Rails writes it: `<`, `>`, `&`, U+2028 and U+2029 appear as `\u003c` and so on. */
export function railsJson(value: unknown): string {
  return JSON.stringify(value).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
