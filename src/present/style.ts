export type StyleName = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Puts a style on a text. */
export type Style = (name: StyleName, text: string) => string;

/** For files and pipes: the text as it is. */
export const plain: Style = (_name, text) => text;
