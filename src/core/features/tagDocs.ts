/** What a tag (`# @name value`) does, and what is inserted for it; `${1:…}` are stops for the cursor. */
export interface TagDoc {
  readonly name: string;
  readonly snippet: string;
  readonly text: string;
}

const entries: readonly (readonly [name: string, argument: string, text: string])[] = [
  ['name', '${1:name}', 'The id of this request: others read its response with `{{name.response.body.…}}`.'],
  ['title', '${1:title}', 'A title for people.'],
  ['description', '${1:text}', 'A description for people.'],
  ['note', '${1:Are you sure?}', 'Asks before the request is sent.'],
  ['tag', '${1:word}', 'A word to select requests by.'],
  ['disabled', '', 'Left out when the whole file is sent.'],
  ['no-redirect', '', 'Redirects are not followed: the first answer is the last.'],
  ['follow', '${1:1}', 'Follows that many redirects and stops there.'],
  ['max-redirects', '${1:10}', 'More redirects than this are an error.'],
  ['redirect', '${1|standard,requests,preserve|}', 'How method and body change on a redirect.'],
  ['no-cookie-jar', '', 'Neither sends nor stores cookies of the session, on every hop.'],
  ['session', '${1:name}', 'Sends in the session of that name.'],
  ['env', '${1:name}', 'Sends with that environment, whatever is chosen.'],
  [
    'timeout',
    '${1:30 s}',
    'The longest wait between two pieces of the answer. A bare number below 1000 is seconds, else milliseconds.',
  ],
  ['connection-timeout', '${1:10 s}', 'The longest wait for a connection.'],
  ['total-timeout', '${1:60 s}', 'The longest time for the whole send, with its redirects and retries.'],
  ['retry', '${1:3}', 'Tries again that many times when the net fails.'],
  ['proxy', '${1:http://127.0.0.1:8080}', 'Goes through that proxy; `none` goes straight.'],
  ['insecure', '', 'Does not check the server’s certificate.'],
  ['cert', '${1:./client.pem}', 'A client certificate.'],
  ['no-client-cert', '', 'Sends no client certificate.'],
  ['auth', '${1|basic,bearer,digest|} ${2:…}', 'Authentication for this request.'],
  ['no-default-header', '${1:User-Agent}', 'Leaves a header out that would be sent by default.'],
  ['http2', '', 'Asks for HTTP/2.'],
  ['no-auto-encoding', '', 'Sends the URL as it is written.'],
  ['raw-body', '', 'Sends every line of the body, comment lines too.'],
  ['encoding', '${1|utf-8,latin1|}', 'The encoding of the body.'],
  ['prompt', '${1:name} ${2:What to ask}', 'Asks for a value before each send: `{{name}}`.'],
  ['ref', '${1:request}', 'Sends that request first, unless its answer is known.'],
  ['force-ref', '${1:request}', 'Sends that request first, each time.'],
  ['import', '${1:./other.http}', 'Makes the requests and variables of another file known here.'],
  ['capture', '${1:name} = ${2:response.body.token}', 'Keeps a part of the answer as a variable of the session.'],
  [
    'save',
    '${1:./response.json}',
    'Saves the body of the answer beside this file. A file that is there stays, and the new one gets a number.',
  ],
  ['no-log', '', 'Keeps the exchange out of the history.'],
  ['sleep', '${1:1 s}', 'Waits before this request when the whole file is sent.'],
  ['pre-delay', '${1:1 s}', 'Waits before this request when the whole file is sent.'],
  ['post-delay', '${1:1 s}', 'Waits after this request when the whole file is sent.'],
];

export const tagDocs: readonly TagDoc[] = entries.map(([name, argument, text]) => ({
  name,
  snippet: argument === '' ? name : `${name} ${argument}`,
  text,
}));

/** The tag of that name in kebab-case; other spellings of tools are taken for the one they mean. */
export function tagDoc(name: string): TagDoc | undefined {
  const same = { 'no-reject-unauthorized': 'insecure', 'kulala-prompt': 'prompt' }[name] ?? name;
  return tagDocs.find((doc) => doc.name === same);
}
