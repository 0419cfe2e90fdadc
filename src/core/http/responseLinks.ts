import { headerValues, type HeaderList } from './headerList.ts';

/** One link of a response: its relation in lower case, and the URL, absolute where it can be made so. */
export type ResponseLink = readonly [rel: string, url: string];

/**
 * The links of the Link header lines in order (RFC 8288 section 3, SESSION S3), relative ones from `base`. One without a
 * relation is told by its URL, as requests does; one with several relations is several links.
 */
export function responseLinks(headers: HeaderList, base: string): readonly ResponseLink[] {
  return headerValues(headers, 'link').flatMap((value) =>
    [...value.matchAll(linkPattern)].flatMap(([, target = '', parameters = '']): readonly ResponseLink[] => {
      const url = URL.parse(target.trim(), base)?.href ?? target.trim();
      const rels = relationsIn(parameters);
      return rels.length === 0 ? [[url, url]] : rels.map((rel) => [rel, url]);
    }),
  );
}

/** `<target>` and its parameters, up to the comma that is in no quotes. */
const linkPattern = /<([^>]*)>((?:\s*;\s*[^\s=;,]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s";,]*))?)*)/g;

/** RFC 8288 section 3.3: the first `rel` counts. */
function relationsIn(parameters: string): readonly string[] {
  const rel = [...parameters.matchAll(parameterPattern)].find(([, name]) => name?.toLowerCase() === 'rel');
  const words = (rel?.[2] ?? rel?.[3] ?? '').split(/\s+/).filter((word) => word !== '');
  return words.map((word) => word.toLowerCase());
}

const parameterPattern = /;\s*([^\s=;,]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s";,]*)))?/g;
