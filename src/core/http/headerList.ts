/** One header line as it is on the wire: name in the spelling written, value without the line end. */
export type HeaderLine = readonly [name: string, value: string];

/** Header lines in order; repeats and spelling are kept. Response values are Latin-1 (one character a byte, RFC 9110 5.5). */
export type HeaderList = readonly HeaderLine[];

export function headerValues(headers: HeaderList, name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}

export function firstHeader(headers: HeaderList, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}

export function hasHeader(headers: HeaderList, name: string): boolean {
  return firstHeader(headers, name) !== undefined;
}

/** Removes every line whose lower-cased name satisfies `drop`. */
export function withoutHeaders(headers: HeaderList, drop: (lowerCaseName: string) => boolean): HeaderList {
  return headers.filter(([name]) => !drop(name.toLowerCase()));
}

/** Replaces all lines of `name` by one at the first one's place, or appends it. */
export function withHeader(headers: HeaderList, name: string, value: string): HeaderList {
  const wanted = name.toLowerCase();
  const at = headers.findIndex(([key]) => key.toLowerCase() === wanted);
  if (at < 0) return [...headers, [name, value]];
  return headers.flatMap((line, index): HeaderLine[] => {
    if (index === at) return [[name, value]];
    return line[0].toLowerCase() === wanted ? [] : [line];
  });
}
