const entries: readonly (readonly [name: string, text: string])[] = [
  ['GET', 'Asks for the resource. Safe: it changes nothing, and may be repeated.'],
  ['HEAD', 'Asks for the headers that GET would give, without the body.'],
  ['POST', 'Gives the resource something to work on. Repeating it may do it twice.'],
  ['PUT', 'Puts the body in the place of the resource. Repeating it changes nothing more.'],
  ['PATCH', 'Changes parts of the resource, as the body says.'],
  ['DELETE', 'Removes the resource. Repeating it changes nothing more.'],
  ['OPTIONS', 'Asks what can be done with the resource; browsers use it as the CORS preflight.'],
  ['TRACE', 'Asks the server to send back what reached it.'],
  ['CONNECT', 'Asks a proxy for a tunnel.'],
  ['QUERY', 'Asks with a body: safe and repeatable as GET.'],
  ['GRAPHQL', 'A GraphQL query over POST: the body holds the query, and its variables as JSON behind a blank line.'],
  ['PROPFIND', 'WebDAV: reads the properties of a resource.'],
  ['PROPPATCH', 'WebDAV: changes the properties of a resource.'],
  ['MKCOL', 'WebDAV: makes a collection.'],
  ['COPY', 'WebDAV: copies to the address in Destination.'],
  ['MOVE', 'WebDAV: moves to the address in Destination.'],
  ['LOCK', 'WebDAV: locks a resource against changes of others.'],
  ['UNLOCK', 'WebDAV: takes a lock off.'],
  ['REPORT', 'WebDAV: asks for a report, for example of CalDAV.'],
  ['SEARCH', 'WebDAV: searches below a resource.'],
  ['PURGE', 'Asks a cache to forget the resource. A convention of caches, and no standard.'],
];

export const methodDocs: readonly { readonly name: string; readonly text: string }[] = entries.map(([name, text]) => ({
  name,
  text,
}));

export function methodDoc(name: string): string | undefined {
  const upper = name.toUpperCase();
  return methodDocs.find((doc) => doc.name === upper)?.text;
}
