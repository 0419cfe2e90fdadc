import type { Problem, Severity } from '../text/problem.ts';
import type { Span } from '../text/span.ts';

/** What the parser can object to. Only what must not be sent is an error; `%s` stands for the subject. */
const catalogue = {
  'blank-line-before-headers': [
    'warning',
    'The blank line above ends the headers, so this line is sent as body. Remove the blank line to make it a header.',
  ],
  'body-without-blank-line': [
    'warning',
    'The body starts without a blank line above it. Insert a blank line to end the headers.',
  ],
  'curl-option-not-supported': [
    'warning',
    'The curl option %s is not supported and is left out. Remove it, or write the request as method, URL and headers.',
  ],
  'curl-unclosed-quote': [
    'error',
    'A quote of this curl command is not closed. Close it, so that the command has an end.',
  ],
  'duplicate-request-name': [
    'warning',
    'Another request of this file is called %s too. A reference takes the nearest at or above it; give one of them another name.',
  ],
  'host-with-scheme': [
    'warning',
    'A Host header holds a host and no URL. Write %s, and put the scheme into the request line.',
  ],
  'invalid-http-version': [
    'warning',
    '%s is no HTTP version, so it is sent as a part of the URL. Write HTTP/1.1 or HTTP/2, or nothing.',
  ],
  'invalid-method': [
    'warning',
    '%s is no HTTP method, so this line is not sent. Write a method in capitals, for example GET, before the URL.',
  ],
  'js-block-not-run': ['warning', 'Scripts in {{ }} (httpYac) are not run. Use # @capture or a variable instead.'],
  'malformed-header': [
    'error',
    'This line is no header. Write Name: value, or put a blank line above it if the body starts here.',
  ],
  'malformed-variable': [
    'warning',
    'This line defines no variable. Write @name = value, or begin the line with # to make it a comment.',
  ],
  'missing-target': [
    'error',
    'The request has no URL. Write one behind the method, for example GET https://example.com/.',
  ],
  'not-http-format': [
    'information',
    'This does not look like a file of HTTP requests, so nothing in it can be sent. A request begins with a line such as GET https://example.com/.',
  ],
  'request-line-in-body': [
    'information',
    'This line begins a new request. Add a line ### above it to make that visible.',
  ],
  'request-line-in-head': [
    'error',
    'This line looks like a new request, and nothing ends the one above it. Put a line ### between the two.',
  ],
  'response-sample-ignored': ['information', 'This is a pasted response. It is not sent.'],
  'script-not-run': [
    'information',
    'This script is not run. Only handlers that set globals from the response with client.global.set are; use # @capture for others.',
  ],
  'pre-script-not-run': [
    'warning',
    'Scripts before a request are not run. Set its values with variables: @name = value.',
  ],
  'assertion-not-run': ['information', 'Assertions (httpYac) are not checked.'],
  'separator-in-body': [
    'warning',
    'This ### ended the body above, and no request follows it. Indent the line, or read the body from a file with < path, if it belongs to the body.',
  ],
  'text-after-curl': [
    'warning',
    'This line does not belong to the curl command. End the line above with \\ to continue the command.',
  ],
  'unclosed-script': ['warning', 'The script is not closed. Write %s at its end.'],
  'unknown-text': [
    'warning',
    'This line is no part of a request and is ignored. Begin it with # to make it a comment, or write a method and a URL.',
  ],
  'unsupported-http-version': [
    'information',
    '%s is not spoken, so the request is sent as HTTP/1.1. Write HTTP/1.1 or HTTP/2, or nothing.',
  ],
  'unsupported-request-kind': [
    'error',
    '%s requests are recognised and cannot be sent yet. Send them with a tool that speaks the protocol.',
  ],
} as const satisfies Record<string, readonly [Severity, string]>;

export type SyntaxProblemCode = keyof typeof catalogue;

export function syntaxProblem(code: SyntaxProblemCode, span: Span, subject = ''): Problem {
  const [severity, message] = catalogue[code];
  return { code, severity, span, message: message.replace('%s', () => subject) };
}
