export type XmlLookup =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'nothing' }
  /** The text is not well-formed XML; `reason` says where. */
  | { readonly kind: 'not-xml'; readonly reason: string }
  | { readonly kind: 'bad-path'; readonly reason: string };

/**
 * The first result of an XPath in an XML text. A port: the libraries behind it are larger than the rest of the engine, and
 * few files ask for them.
 */
export type XmlQuery = (xml: string, path: string) => Promise<XmlLookup>;
