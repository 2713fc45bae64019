import { sentFields } from '../body.js';
import { colorField } from '../forms/choices.js';
import { checkCharacters, checkLength } from '../forms/entity-form.js';
import { Form } from '../forms/form.js';
import { flagField, textField } from '../forms/values.js';
import { Query } from '../query.js';
import { safeColor } from '../render/color.js';
import { gone, need, ok, Refusal, refuse } from '../replies.js';
import { fold, foldLetters, likeMatcher } from '../search.js';
import type { KimaiState } from '../state.js';
import type { KimaiTag } from '../world.js';
import { type AddRoute, type ApiHandler, rowOfPath } from './context.js';

/** Routes of `/api/tags`. */
export function tagRoutes(add: AddRoute): void {
  add('GET', '/api/tags', ({ call, state }) =>
    ok(visibleTags(state, nameParam(call.query)).map(({ name }) => name)),
  );
  add('GET', '/api/tags/find', ({ call, state }) => {
    const name = nameParam(call.query);
    return ok(name === undefined ? [] : visibleTags(state, name).map(tagJson));
  });
  add('POST', '/api/tags', create);
  add('DELETE', '/api/tags/:id', remove);
}

function nameParam(query: URLSearchParams): string | undefined {
  if ([...query.keys()].some((key) => key.startsWith('name['))) refuse(500);
  return new Query(query).loose('name');
}

function visibleTags(state: KimaiState, part = ''): KimaiTag[] {
  const like = likeMatcher(part);
  const found = state.world.tags.filter((tag) => tag.visible && like(foldLetters(tag.name)));
  return found.sort((a, b) => (fold(a.name) < fold(b.name) ? -1 : 1));
}

function tagJson(tag: KimaiTag): Record<string, unknown> {
  const { id, name, visible, color } = tag;
  return { 'color-safe': safeColor(color, name), id, name, visible, color };
}

/** Without `visible` the tag is hidden: the form is submitted as a whole, and what is missing counts as no. */
const create: ApiHandler = ({ call, state, access }) => {
  need(access.may('manage_tag') || access.may('create_tag'));
  const form = new Form(['name', 'color', 'visible'], sentFields(call));
  const name = textField(form, 'name') ?? '';
  checkName(state, form, name);
  const color = colorField(form, 'color') ?? null;
  const visible = flagField(form, 'visible') ?? false;
  if (form.hasErrors) throw new Refusal(form.reply());
  const tag = { id: state.takeId('tags'), name, visible, color };
  state.putTag(tag);
  return ok(tagJson(tag));
};

function checkName(state: KimaiState, form: Form, name: string): void {
  if (name === '') {
    form.broken('name', 'This value should not be blank.');
    return;
  }
  checkLength(form, 'name', name, 2, 100);
  if (name.includes(',')) form.broken('name', 'Tag name cannot contain comma');
  checkCharacters(form, 'name', name);
  if (state.findTag(name) !== undefined) form.broken('name', 'This value is already used.');
}

const remove: ApiHandler = ({ call, state, access }) => {
  const tag = rowOfPath(call, (id) => state.world.tags.find((row) => row.id === id));
  need(access.may('delete_tag'));
  state.deleteTag(tag.id);
  return gone();
};
