import {
  anywhere,
  fieldCompares,
  fieldEquals,
  type Comparison,
  type Matcher,
  type Place,
} from './query-fields.js';

/** A query that Elasticsearch cannot parse: Zammad answers such a search with 200 and no hits. */
class BadQuery extends Error {}

const TOKEN =
  /\s*(?:(\()|(\))|(AND|OR|NOT|&&|\|\|)(?=[\s(]|$)|([+!-])(?=\S)|((?:\\.|[^\s"():[\]{}<>+!\-\\])(?:\\.|[^\s"():[\]{}<>\\])*):|([[{])([^\]}]*)([\]}])|([<>]=?)\s*(?:"([^"]*)"|(\S*[^\s)]))|"((?:\\.|[^"\\])*)"|((?:\\.|[^\s"()[\]{}\\])+))/y;

type Token =
  | { readonly kind: '(' | ')' | 'and' | 'or' | 'not' | 'must' }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'range'; readonly range: string; readonly open: string; readonly close: string }
  | { readonly kind: 'compare'; readonly comparison: Comparison; readonly bound: string }
  | { readonly kind: 'word'; readonly text: string };

const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1');

function comparisonOf(sign: string): Comparison {
  if (sign === '>' || sign === '>=' || sign === '<') return sign;
  return '<=';
}

function tokenOf(match: RegExpExecArray): Token {
  const [, left, right, operator, sign, field, open, range, close, comparison, quoted, bare, phrase, word] =
    match;
  if (left !== undefined) return { kind: '(' };
  if (right !== undefined) return { kind: ')' };
  if (operator !== undefined) {
    if (operator === 'NOT') return { kind: 'not' };
    return { kind: operator === 'OR' || operator === '||' ? 'or' : 'and' };
  }
  if (sign !== undefined) return { kind: sign === '+' ? 'must' : 'not' };
  if (field !== undefined) return { kind: 'field', name: unescaped(field) };
  if (open !== undefined) return { kind: 'range', range: range ?? '', open, close: close ?? '' };
  if (comparison !== undefined)
    return { kind: 'compare', comparison: comparisonOf(comparison), bound: unescaped(quoted ?? bare ?? '') };
  return { kind: 'word', text: unescaped(phrase ?? word ?? '') };
}

function tokens(query: string): Token[] {
  const found: Token[] = [];
  const pattern = new RegExp(TOKEN.source, TOKEN.flags);
  const text = query.trimEnd();
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) throw new BadQuery(query);
    found.push(tokenOf(match));
  }
  return found;
}

/** Reads tokens from left to right; OR binds weaker than what simply follows each other. */
class Parser {
  readonly #place: Place;
  readonly #tokens: Token[];
  #at = 0;

  constructor(place: Place, query: string) {
    this.#place = place;
    this.#tokens = tokens(query);
  }

  whole(): Matcher {
    const matcher = this.#either(null);
    if (this.#at < this.#tokens.length) throw new BadQuery('unexpected end');
    return matcher;
  }

  #peek(): Token['kind'] | undefined {
    return this.#tokens[this.#at]?.kind;
  }

  #skip(kind: Token['kind']): boolean {
    const found = this.#peek() === kind;
    if (found) this.#at += 1;
    return found;
  }

  #either(field: string | null): Matcher {
    const parts = [this.#all(field)];
    while (this.#skip('or')) parts.push(this.#all(field));
    return (ticket) => parts.some((part) => part(ticket));
  }

  #all(field: string | null): Matcher {
    const parts = [this.#one(field)];
    for (;;) {
      const joined = this.#skip('and');
      const next = this.#peek();
      if (!joined && (next === undefined || next === 'or' || next === ')')) break;
      parts.push(this.#one(field));
    }
    return (ticket) => parts.every((part) => part(ticket));
  }

  #one(field: string | null): Matcher {
    if (this.#skip('must')) return this.#one(field);
    if (this.#skip('not')) {
      const part = this.#one(field);
      return (ticket) => !part(ticket);
    }
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token?.kind === 'field') return this.#one(token.name);
    if (token?.kind === '(') {
      const inner = this.#either(field);
      if (!this.#skip(')')) throw new BadQuery('missing )');
      return inner;
    }
    const matcher = token && this.#leaf(field, token);
    if (!matcher) throw new BadQuery('unexpected token');
    return matcher;
  }

  #leaf(field: string | null, token: Token): Matcher | null {
    if (token.kind === 'word')
      return field === null ? anywhere(this.#place, token.text) : fieldEquals(this.#place, field, token.text);
    if (field === null) return null;
    if (token.kind === 'compare') return fieldCompares(this.#place, field, token.comparison, token.bound);
    return token.kind === 'range' ? this.#range(field, token) : null;
  }

  #range(field: string, { range, open, close }: Token & { kind: 'range' }): Matcher | null {
    const match = /^\s*(\S+)\s+TO\s+(\S+)\s*$/.exec(range.replaceAll('"', ''));
    if (!match) return null;
    const [, from = '*', to = '*'] = match;
    const bounds = [
      from === '*' ? null : fieldCompares(this.#place, field, open === '[' ? '>=' : '>', from),
      to === '*' ? null : fieldCompares(this.#place, field, close === ']' ? '<=' : '<', to),
    ];
    if ((from !== '*' && !bounds[0]) || (to !== '*' && !bounds[1])) return null;
    const present = fieldEquals(this.#place, field, '*');
    return (ticket) => present(ticket) && bounds.every((bound) => bound === null || bound(ticket));
  }
}

/**
 * Reads a `query_string` with default operator AND: words, "phrases", wildcards, `field:value`, `field:>x`,
 * `field:[a TO b]`, AND, OR, NOT, parentheses. A trailing `*` is added where there is no colon.
 * Null when the syntax is bad.
 */
export function parseQuery(place: Place, query: string): Matcher | null {
  const text = query.trim();
  try {
    return new Parser(place, text.includes(':') ? text : `${text}*`).whole();
  } catch (cause) {
    if (cause instanceof BadQuery) return null;
    throw cause;
  }
}
