/**
 * A Markdown text with everything blanked but its fenced `http` blocks, and their fences turned into separators. Every character keeps
 * its offset, so that what is found in the result stands at the same place in the Markdown. Without such a block: `undefined`.
 */
export function fencedRequests(markdown: string): string | undefined {
  if (!/^[^\S\r\n]*(?:`{3,}|~{3,})[^\S\r\n]*(?:http|rest)\b/im.test(markdown)) return undefined;
  let fence: { readonly mark: string; readonly isHttp: boolean } | undefined;
  let found = false;
  const lines = markdown.replace(/([^\r\n]*)(\r\n|\r|\n|$)/g, (_whole, line: string, eol: string) => {
    const match = /^\s*(?:>\s*)*(`{3,}|~{3,})\s*([^\s`{]*)/.exec(line);
    const mark = match?.[1] ?? '';
    if (fence) {
      const closes = mark.startsWith(fence.mark) && line.trim() === mark;
      const kept = fence.isHttp ? (closes ? separator(line) : line) : blank(line);
      if (closes) fence = undefined;
      return kept + eol;
    }
    if (mark === '') return blank(line) + eol;
    fence = { mark, isHttp: /^(?:http|rest)$/i.test(match?.[2] ?? '') };
    found ||= fence.isHttp;
    return (fence.isHttp ? separator(line) : blank(line)) + eol;
  });
  return found ? lines : undefined;
}

function blank(line: string): string {
  return ' '.repeat(line.length);
}

/** A fence has three characters at least: room for the mark. */
function separator(line: string): string {
  return '###'.padEnd(line.length);
}
