/**
 * A regular expression of the config. Like those of Go, it may begin with flags: `(?i)`, `(?s)`, `(?m)`.
 *
 * @throws SyntaxError when it is none
 */
export function toRegExp(text: string): RegExp {
  const [whole = '', flags] = /^\(\?([ims]+)\)/.exec(text) ?? [];
  return new RegExp(text.slice(whole.length), flags);
}
