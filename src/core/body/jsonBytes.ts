/* What the walks through JSON that comes as bytes share (RFC 8259). */

export const quote = 0x22;
export const backslash = 0x5c;
export const comma = 0x2c;
export const colon = 0x3a;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
export const openBracket = 0x5b;
export const closeBracket = 0x5d;

/** What may come next. `nothing`: the text is at its end, or another one of a row of texts begins. */
export const expects = { value: 0, valueOrEnd: 1, key: 2, keyOrEnd: 3, colon: 4, commaOrEnd: 5, nothing: 6 } as const;
export type Expect = (typeof expects)[keyof typeof expects];
