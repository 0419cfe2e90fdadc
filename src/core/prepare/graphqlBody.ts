export type GraphqlBody =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/**
 * The JSON of a GraphQL request (C30): the query, and behind a blank line the variables as a JSON object.
 * The variables go in as written, so that no number loses a digit.
 */
export function graphqlBody(text: string): GraphqlBody {
  const split = splitVariables(text);
  if (split.variables !== undefined && !isJsonObject(split.variables)) {
    return {
      ok: false,
      message:
        'The GraphQL variables behind the blank line are not a JSON object. Correct them, for example { "id": 1 }.',
    };
  }
  const operationName = /^[ \t]*(?:query|mutation|subscription)[ \t]+([_A-Za-z]\w*)/m.exec(split.query)?.[1];
  const members = [
    `"query":${JSON.stringify(split.query)}`,
    ...(operationName === undefined ? [] : [`"operationName":"${operationName}"`]),
    `"variables":${split.variables ?? '{}'}`,
  ];
  return { ok: true, text: `{${members.join(',')}}` };
}

/** The last paragraph that begins with `{` holds the variables, unless it is the query itself (`{ hero }`). */
function splitVariables(text: string): { query: string; variables: string | undefined } {
  const gaps = [...text.matchAll(/\n[ \t]*\n\s*(?=\{)/g)];
  for (const gap of gaps.reverse()) {
    const query = text.slice(0, gap.index).trimEnd();
    const rest = text.slice(gap.index + gap[0].length).trim();
    if (isJsonObject(rest)) return { query, variables: rest };
    if (isBalanced(query) && /^\{\s*"/.test(rest)) return { query, variables: rest };
  }
  return { query: text.trim(), variables: undefined };
}

function isBalanced(query: string): boolean {
  return query.split('{').length === query.split('}').length;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
