import { sentFields } from '../body.js';
import { Form } from '../forms/form.js';
import { flagField, textField } from '../forms/values.js';
import { userBrief } from '../render/user.js';
import { gone, need, ok, Refusal, refuse } from '../replies.js';
import type { KimaiState } from '../state.js';
import type { KimaiComment } from '../world.js';
import { formatInstant } from '../zones.js';
import { type AddRoute, type ApiHandler, type Context, idOfPath, teamsOfObject } from './context.js';

type Kind = KimaiComment['kind'];
type Answer = ReturnType<ApiHandler>;
type Right = 'view' | 'edit' | 'comments';

const FOLDERS = { customers: 'customer', projects: 'project' } as const;
const TEXT_BYTES = 65_535;

/** Routes of the comments on customers and projects; activities have none. */
export function commentRoutes(add: AddRoute): void {
  for (const [folder, kind] of Object.entries(FOLDERS)) {
    const comments = `/api/${folder}/#id/comments`;
    add('GET', comments, (context) => list(context, kind));
    add('POST', comments, (context) => create(context, kind));
    add('PATCH', `${comments}/#comment/pin`, (context) => togglePin(context, kind));
    add('DELETE', `${comments}/#comment`, (context) => remove(context, kind));
  }
}

/** The id of the object in the path, once the caller has all these rights on it. */
function objectOf({ call, state, access }: Context, kind: Kind, rights: readonly Right[]): number {
  const id = idOfPath(call);
  const teams = teamsOfObject(state, access, kind, id) ?? refuse(404);
  need(rights.every((right) => access.object(right, kind, teams)));
  return id;
}

/** A comment of exactly this object: unknown is a 404, another object's a 403. */
function commentOf(context: Context, kind: Kind): KimaiComment {
  const { call, state } = context;
  const id = idOfPath(call, 'comment');
  const comment = state.world.comments?.find((one) => one.kind === kind && one.id === id) ?? refuse(404);
  need(comment.of === objectOf(context, kind, ['view', 'edit', 'comments']));
  return comment;
}

/** Read back, times are UTC; only the answer to the one who writes shows the writer's zone. */
function shown(state: KimaiState, comment: KimaiComment, zone = 'UTC') {
  const { id, message, createdBy, createdAt, pinned } = comment;
  return {
    ...{ id, message, createdBy: userBrief(state.user(createdBy)) },
    ...{ createdAt: formatInstant(zone, createdAt), pinned },
  };
}

function list(context: Context, kind: Kind): Answer {
  const id = objectOf(context, kind, ['view', 'comments']);
  return ok(context.state.commentsOf(kind, id).map((comment) => shown(context.state, comment)));
}

function create(context: Context, kind: Kind): Answer {
  const { call, state, access } = context;
  const of = objectOf(context, kind, ['view', 'comments']);
  const form = new Form(['pinned', 'message'], sentFields(call));
  const pinned = flagField(form, 'pinned') ?? false;
  const message = textField(form, 'message') ?? '';
  if (message === '') form.broken('message', 'This value should not be null.');
  if (form.hasErrors) throw new Refusal(form.reply());
  if (Buffer.byteLength(message) > TEXT_BYTES) refuse(500);
  const id = state.takeId(`${kind}Comments`);
  const comment = { id, kind, of, message, createdBy: access.user.id, createdAt: state.now(), pinned };
  state.putComment(comment);
  return ok(shown(state, comment, access.user.timezone));
}

function togglePin(context: Context, kind: Kind): Answer {
  const old = commentOf(context, kind);
  const comment = { ...old, pinned: !old.pinned };
  context.state.putComment(comment);
  return ok(shown(context.state, comment));
}

function remove(context: Context, kind: Kind): Answer {
  context.state.removeComment(commentOf(context, kind));
  return gone();
}
