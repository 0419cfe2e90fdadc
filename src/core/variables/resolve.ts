import { placeholderForm, templatesIn, type Placeholder } from '../syntax/template.ts';
import type { Problem } from '../text/problem.ts';
import { asksSomebody, dynamicValue, type DynamicPorts } from './dynamic.ts';
import { functionCall, type FunctionCall } from './functionCall.ts';
import { lookUpJson } from './jsonPath.ts';
import { didYouMean } from './nearestName.ts';
import type { EnvironmentProfiles } from './profile.ts';
import {
  looksLikeReference,
  referenceIn,
  referenceValue,
  unknownRequest,
  type Reference,
  type RequestReferences,
} from './references.ts';
import type { Binding, VariableScope } from './scope.ts';
import { javascriptExpression, unknownVariable, type KnownNames } from './unknownVariable.ts';
import { found, missing, standIn, type MissingValue, type Value } from './value.ts';
import type { Written } from './written.ts';

/** What placeholders are resolved against. */
export interface ResolveContext {
  readonly scope: VariableScope;
  readonly references: RequestReferences;
  readonly ports: Omit<DynamicPorts, 'variable'>;
  readonly profiles: EnvironmentProfiles;
  readonly environment: readonly string[];
  /** Whether the file defines, asks for or captures the name: C9 blocks a body that uses one without a value. */
  isFileName(name: string): boolean;
  /** The request whose response the name is captured from. */
  capturedFrom(name: string): string | undefined;
  /** Only while looking ahead: the name will have a value when the block's turn comes. */
  comesLater(name: string): boolean;
  /** Nobody is asked and nothing is sent: what will only be known later is a stand-in. */
  readonly lookingAhead: boolean;
}

/** Where a placeholder stands decides what becomes of one without a value (C9). */
export type Place = 'url' | 'header' | 'macro' | 'path' | 'body';

export interface Resolved {
  readonly text: string;
  readonly problems: readonly Problem[];
  /** True when a stand-in is in the text: it says nothing about what will be sent. */
  readonly standIn: boolean;
}

/** Resolves the placeholders of one run. A variable keeps its value for the whole run, also when a function made it. */
export class Resolver {
  readonly #context: ResolveContext;
  readonly #ports: DynamicPorts;
  readonly #values = new Map<string, Value>();
  readonly #secrets = new Set<string>();
  readonly #notSent = new Set<string>();

  constructor(context: ResolveContext) {
    this.#context = context;
    this.#ports = { ...context.ports, variable: (name) => this.value(name) };
  }

  /** Secret texts that were put in so far: to be masked wherever the run is shown. */
  get secrets(): readonly string[] {
    return [...this.#secrets];
  }

  /** Ids of requests whose response was asked for and is not there, because they were not sent yet. */
  get notSent(): readonly string[] {
    return [...this.#notSent];
  }

  /** Replaces every placeholder. An `error` among the problems means that the text must not be sent. */
  async resolve(written: Written, place: Place): Promise<Resolved> {
    const templates = templatesIn(written.text);
    if (templates.length === 0) return { text: written.text, problems: [], standIn: false };
    const problems: Problem[] = [];
    let hasStandIn = false;
    const text = await replaceTemplates(written.text, templates, async (template) => {
      const expression = template.inner.text;
      const value = encoded(await this.value(expression), template);
      const span = written.spanOf(template.span.start, template.span.end);
      if (!value.ok) {
        problems.push({ ...this.#judge(value, expression, place), span });
        return undefined;
      }
      hasStandIn ||= value.standIn;
      if (value.secret && value.text !== '') this.#secrets.add(value.text);
      if (value.warning !== undefined) {
        problems.push({ ...value.warning, severity: 'warning', span });
      }
      if (isOneLine(place) && /[\r\n]/.test(value.text)) problems.push({ ...lineBreak(expression, place), span });
      return value.text;
    });
    return { text, problems, standIn: hasStandIn };
  }

  /** Value of the inside of a placeholder, without the percent-encoding of `{{%name}}`. */
  async value(expression: string): Promise<Value> {
    return this.#evaluate(expression, []);
  }

  /** C19: exact name, then request reference, then a path into a variable's JSON. `trail` holds the variables on the way here. */
  async #evaluate(expression: string, trail: readonly Binding[]): Promise<Value> {
    const { scope, references } = this.#context;
    const bindings = scope.lookup(expression);
    if (bindings) return this.#binding([bindings.winner, ...bindings.shadowed], trail);
    const call = functionCall(expression);
    if (call) return this.#call(call);
    const reference = referenceIn(expression, references);
    if (reference) return this.#reference(reference);
    return (await this.#pathIntoVariable(expression, trail)) ?? this.#unknown(expression);
  }

  /** `@host = {{host}}` means the host of the environment: a definition that is being evaluated does not count inside itself. */
  async #binding(bindings: readonly Binding[], trail: readonly Binding[]): Promise<Value> {
    const binding = bindings.find((each) => !trail.some((other) => isSame(each, other)));
    if (!binding) return cycle(trail, bindings[0]);
    if (!binding.template) return found(binding.value, binding.secret);
    const key = `${binding.origin}\n${binding.name}`;
    const known = this.#values.get(key);
    if (known) return known;
    const value = await this.#template(binding, [...trail, binding]);
    // A failure is not kept: inside a cycle it depends on where one entered.
    if (value.ok) this.#values.set(key, value);
    return value;
  }

  async #template(binding: Binding, trail: readonly Binding[]): Promise<Value> {
    let failure: MissingValue | undefined;
    let secret = binding.secret;
    let hasStandIn = false;
    const text = await replaceTemplates(binding.value, templatesIn(binding.value), async (template) => {
      const value = encoded(await this.#evaluate(template.inner.text, trail), template);
      if (!value.ok) {
        failure ??= value;
        return undefined;
      }
      secret ||= value.secret;
      hasStandIn ||= value.standIn;
      return value.text;
    });
    if (!failure) return { ...found(text, secret), standIn: hasStandIn };
    if (failure.code === 'variable-cycle') return failure;
    return missing(failure.code, `"${binding.name}" (${binding.origin}) has no value. ${failure.message}`);
  }

  async #call(call: FunctionCall): Promise<Value> {
    if (call.name === '$shared') return this.#shared(call);
    if (this.#context.lookingAhead && asksSomebody(call.name) && call.rest !== '') return standIn;
    return dynamicValue(call, this.#ports);
  }

  /** REST Client's `{{$shared name}}`: the shared value, whatever lies over it. */
  #shared(call: FunctionCall): Value {
    const { shared } = this.#context.profiles;
    const name = call.rest;
    const variable = shared.find((each) => each.name === name);
    if (variable) return found(variable.value, variable.secret);
    const names = shared.map((each) => each.name);
    return missing('unknown-variable', `"$shared" has no "${name}".${didYouMean(name, names)} Define it there.`);
  }

  async #reference(reference: Reference): Promise<Value> {
    const value = await referenceValue(reference, this.#context.references.lookUpXml);
    if (!value.ok && value.code === 'request-not-sent') this.#notSent.add(reference.request.id);
    return value;
  }

  async #pathIntoVariable(expression: string, trail: readonly Binding[]): Promise<Value | undefined> {
    const bindings = prefixes(expression)
      .map((name) => this.#context.scope.lookup(name))
      .find((each) => each !== undefined);
    const holder = bindings?.winner;
    if (!holder || placeholderForm(expression).kind === 'expression') return undefined;
    const value = await this.#binding([holder, ...bindings.shadowed], trail);
    if (!value.ok || value.standIn) return value;
    const path = expression.slice(holder.name.length).replace(/^\./, '');
    const lookup = await lookUpJson(value.text, path);
    if (lookup.kind === 'found') return found(lookup.text, value.secret);
    const why = lookup.kind === 'not-json' ? 'its value is not JSON' : `its JSON has no "${path}"`;
    return missing(
      'unknown-variable',
      `"${expression}" has no value: "${holder.name}" is there (${holder.origin}), but ${why}.`,
    );
  }

  #unknown(expression: string): Value {
    const { scope, references } = this.#context;
    if (this.#context.comesLater(expression)) return standIn;
    if (looksLikeReference(expression)) return unknownRequest(expression, references);
    if (placeholderForm(expression).kind === 'expression') return javascriptExpression(expression);
    const known: KnownNames = {
      profiles: this.#context.profiles,
      environment: this.#context.environment,
      names: [...scope.names(), ...references.ids()],
      capturedFrom: this.#context.capturedFrom(expression),
    };
    return unknownVariable(expression, known);
  }

  /** C9: in a body only a placeholder that can be ours blocks; others are text of another template language. */
  #judge(value: MissingValue, expression: string, place: Place): Omit<Problem, 'span'> {
    if (place !== 'body' || this.#isOurs(expression)) {
      return { code: value.code, severity: 'error', message: value.message };
    }
    return { code: value.code, severity: 'warning', message: `${value.message} It is sent as it stands here.` };
  }

  #isOurs(expression: string): boolean {
    if (expression.startsWith('$') || referenceIn(expression, this.#context.references)) return true;
    const { scope, profiles } = this.#context;
    const word = /^[\p{L}\p{N}_-]+/u.exec(expression)?.[0] ?? '';
    return [expression, ...prefixes(expression), word].some(
      (name) =>
        this.#context.isFileName(name) ||
        scope.lookup(name) !== undefined ||
        profiles.profiles.some((profile) => profile.variables.some((variable) => variable.name === name)),
    );
  }
}

/** Replaces placeholders one after the other, because two of them may ask the same person; `undefined` leaves one as it is. */
async function replaceTemplates(
  text: string,
  templates: readonly Placeholder[],
  replace: (template: Placeholder) => Promise<string | undefined>,
): Promise<string> {
  let result = '';
  let end = 0;
  for (const template of templates) {
    const { span } = template;
    const value = await replace(template);
    result += text.slice(end, span.start) + (value ?? text.slice(span.start, span.end));
    end = span.end;
  }
  return result + text.slice(end);
}

/** `{{%name}}`: the value as one component of a URL. */
function encoded(value: Value, template: Placeholder): Value {
  if (!template.encode || !value.ok) return value;
  return { ...value, text: encodeURIComponent(value.text.toWellFormed()) };
}

/** `a.b[0].c` → `a.b[0]`, `a.b`, `a`: what a path may go into, longest first. */
function prefixes(expression: string): readonly string[] {
  return [...expression.matchAll(/[.[]/g)]
    .map((match) => expression.slice(0, match.index))
    .filter((prefix) => prefix !== '')
    .reverse();
}

function isSame(a: Binding, b: Binding): boolean {
  return a.name === b.name && a.layer === b.layer && a.origin === b.origin;
}

function cycle(trail: readonly Binding[], last: Binding | undefined): MissingValue {
  const names = trail.map(({ name }) => name).slice(trail.findIndex(({ name }) => name === last?.name));
  return missing(
    'variable-cycle',
    `These variables need each other: ${[...names, last?.name].join(' → ')}. Give one of them a value of its own.`,
  );
}

/** A macro may become several header lines (C12), and a body holds anything. */
function isOneLine(place: Place): boolean {
  return place !== 'body' && place !== 'macro';
}

/** SESSION 5: a line break from a value would begin a new line of the request head. */
function lineBreak(expression: string, place: Place): Omit<Problem, 'span'> {
  const where = place === 'url' ? 'a URL' : place === 'header' ? 'a header' : 'a path';
  return {
    code: 'header-injection',
    severity: 'error',
    message: `The value of "${expression}" has a line break, which cannot stand in ${where}. Encode it, or take it out of the value.`,
  };
}
