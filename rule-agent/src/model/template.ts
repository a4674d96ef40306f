import type { Occasion, PlanValue } from './action-request.ts';

/** What a placeholder may stand for: an occasion, and in a revert the value from before. */
export type Filling = Pick<Occasion, 'episode' | 'rule' | 'target'> & { from?: PlanValue };

const LABEL = /^target\.([a-zA-Z_][a-zA-Z0-9_]*)$/;

/** Whether a text holds anything that looks like a placeholder, a broken one included. */
export function hasPlaceholder(text: string): boolean {
  return text.includes('${');
}

/** The labels of the target that a template reads. */
export function labelsIn(text: string): string[] {
  return [...new Set(split(text).names.flatMap((name) => LABEL.exec(name)?.[1] ?? []))];
}

/** Whether a template reads the value from before. */
export function readsFrom(text: string): boolean {
  return split(text).names.includes('from');
}

/** What is wrong with a template, or undefined. */
export function templateMistake(text: string): string | undefined {
  const { texts, names } = split(text);
  const unknown = names.find((name) => !LABEL.test(name) && !['episode', 'rule', 'from'].includes(name));
  if (unknown !== undefined) {
    return `unknown placeholder \${${unknown}}; known: \${target.label}, \${episode}, \${rule}, and \${from} in a revert`;
  }
  return texts.some(hasPlaceholder) ? 'a placeholder is not closed: ${...}' : undefined;
}

/** A template with the same text in the place of every placeholder. */
export function withPlaceholders(template: string, stand: string): string {
  return split(template).texts.join(stand);
}

/** A path: whatever a value holds, it stays within its one segment. Undefined when it would be empty, `.` or `..`. */
export function fillPath(template: string, filling: Filling): string | undefined {
  const segments = template.split('/').map((segment) => ({
    isTemplate: hasPlaceholder(segment),
    text: fill(segment, filling, encodeSegment),
  }));
  const isLost = ({ isTemplate, text }: (typeof segments)[number]) =>
    isTemplate && (text === '' || text === '.' || text === '..');
  return segments.some(isLost) ? undefined : segments.map(({ text }) => text).join('/');
}

/** The value of a header: what is not printable ASCII is percent-encoded, so that a header cannot end early. */
export function fillHeader(template: string, filling: Filling): string {
  return fill(template, filling, (value) => value.replace(/[^\x20-\x7e]+/gu, encodeURIComponent));
}

/** Text for a place that is escaped as a whole afterwards: a query parameter, a string in JSON, a parameter of SQL. */
export function fillText(template: string, filling: Filling): string {
  return fill(template, filling, (value) => value);
}

/** JSON: placeholders in strings become text of that string; a string that is `${from}` alone becomes that value. */
export function fillJson(template: unknown, filling: Filling): unknown {
  if (typeof template === 'string') return fillValue(template, filling);
  if (Array.isArray(template)) return template.map((item) => fillJson(item, filling));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fillJson(value, filling)]));
}

/** A single value: text, or the value from before as it was. */
export function fillValue(template: string, filling: Filling): PlanValue {
  return template === '${from}' ? (filling.from ?? null) : fillText(template, filling);
}

function fill(template: string, filling: Filling, escape: (value: string) => string): string {
  const { texts, names } = split(template);
  return texts
    .map((text, index) => {
      const name = names[index];
      return name === undefined ? text : text + escape(valueOf(name, filling).toWellFormed());
    })
    .join('');
}

function valueOf(name: string, { episode, rule, target, from }: Filling): string {
  if (name === 'episode') return episode;
  if (name === 'rule') return rule;
  if (name === 'from') return String(from ?? '');
  return target[LABEL.exec(name)?.[1] ?? ''] ?? '';
}

/** The names of the placeholders, and the texts around them: one more. What is not closed is text. */
function split(template: string): { texts: string[]; names: string[] } {
  const [first = '', ...others] = template.split('${');
  const texts = [first];
  const names: string[] = [];
  for (const part of others) {
    const end = part.indexOf('}');
    if (end === -1) texts.push(`${texts.pop()}\${${part}`);
    else {
      names.push(part.slice(0, end));
      texts.push(part.slice(end + 1));
    }
  }
  return { texts, names };
}

function encodeSegment(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
