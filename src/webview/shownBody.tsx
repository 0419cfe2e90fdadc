import { useMemo, useState } from 'preact/hooks';
import { jsonTree } from '../core/body/jsonTree.ts';
import { xmlTree } from '../core/body/xmlTree.ts';
import type { BodyView } from '../protocol/exchangeView.ts';
import { CodeText } from './codeText.tsx';
import { size } from './format.ts';
import { HexBody } from './hexBody.tsx';
import { Icon } from './icons.tsx';
import { LargeText, type LargeTextProps } from './largeText.tsx';
import { ImageBody, PlayBody } from './mediaBody.tsx';
import { PathBar } from './pathBar.tsx';
import { PartsBody } from './partsBody.tsx';
import { CsvBody, FormBody } from './tableBody.tsx';
import { TreeBody } from './treeBody.tsx';
import { useView } from './viewContext.ts';
import type { BodyMode } from './viewState.ts';

export type FilledBody = Exclude<BodyView, { kind: 'empty' }>;

interface ShownBodyProps {
  readonly body: FilledBody;
  readonly mode: BodyMode;
  readonly wrap: boolean;
  /** Counts up with every click on Search. */
  readonly searches: number;
  /** Where the items of the text stand in the body that they were filtered from. */
  readonly places?: readonly string[] | undefined;
  readonly onFilter?: ((path: string) => void) | undefined;
  /** The body lies in a file: its exchange's id, and the hop. */
  readonly large?: Pick<LargeTextProps, 'exchange' | 'hop'> | undefined;
}

/** A body in one of its forms. */
export function ShownBody(props: ShownBodyProps) {
  const { body, mode } = props;
  if (mode === 'parts' && 'parts' in body && body.parts) {
    const renderBody = (part: FilledBody, form: BodyMode) => (
      <ShownBody body={part} mode={form} wrap={props.wrap} searches={0} />
    );
    return <PartsBody parts={body.parts} renderBody={renderBody} />;
  }
  switch (body.kind) {
    case 'image':
      return mode === 'hex' ? <HexBody base64={body.base64} /> : <ImageBody body={body} />;
    case 'binary':
      if (mode === 'play') return <PlayBody body={body} />;
      return mode === 'document' ? <DocumentBody bytes={body.bytes} /> : <Bytes {...props} base64={body.base64} />;
    case 'text':
      return <TextBody {...props} body={body} />;
  }
}

function Bytes({ base64, large, searches }: ShownBodyProps & { readonly base64: string }) {
  const start = <HexBody base64={base64} />;
  if (!large) return start;
  return <LargeText {...large} start={start} form="hex" language="plain" searches={searches} />;
}

type TextProps = ShownBodyProps & { readonly body: Extract<BodyView, { kind: 'text' }> };

function TextBody(props: TextProps) {
  const { body, mode, searches, large } = props;
  if (mode === 'tree') return <TextTree {...props} />;
  if (mode === 'table') return body.table === 'form' ? <FormBody body={body} /> : <CsvBody body={body} />;
  if (mode === 'image') return <ImageBody body={body} />;
  if (large) {
    const start = mode === 'pretty' ? (body.pretty ?? body.text) : body.text;
    const form = mode === 'pretty' ? 'pretty' : 'raw';
    return <LargeText {...large} start={start} form={form} language={body.language} searches={searches} />;
  }
  return <TextLines {...props} />;
}

/** The text as lines; of a structured one the path of what was clicked stands below it. */
function TextLines({ body, mode, wrap, searches, places, onFilter }: TextProps) {
  const { text } = useView();
  const [place, setPlace] = useState<number>();
  const shown = mode === 'pretty' ? (body.pretty ?? body.text) : body.text;
  const wantsTree = place !== undefined && (body.language === 'json' || body.language === 'xml');
  const tree = useMemo(
    () => (wantsTree ? treeOf({ ...body, text: shown }, places) : undefined),
    [wantsTree, body, shown, places],
  );
  return (
    <>
      <CodeText
        text={shown}
        language={body.language}
        wrap={wrap}
        searches={searches}
        label={text('bodyText')}
        onCursor={setPlace}
      />
      {tree && place !== undefined && <PathBar tree={tree} node={tree.at(place)} onFilter={onFilter} />}
    </>
  );
}

function TextTree({ body, searches, places, onFilter }: TextProps) {
  const { text } = useView();
  const tree = useMemo(() => treeOf(body, places), [body, places]);
  if (!tree) return <p class="nothing">{text('noTree')}</p>;
  return <TreeBody tree={tree} searches={searches} onFilter={onFilter} />;
}

function treeOf(body: TextProps['body'], places: readonly string[] | undefined) {
  const partial = body.cut !== undefined;
  if (body.language === 'xml') return xmlTree(body.text, partial);
  return jsonTree(body.text, { partial, lines: body.lines === true, ...(places ? { places } : {}) });
}

/** What only a program of its own can draw. The commands for it stand above. */
function DocumentBody({ bytes }: { readonly bytes: number }) {
  const { text } = useView();
  return (
    <div class="document">
      <Icon name="document" />
      <p>{text('documentFacts', size(bytes))}</p>
      <p>{text('documentWords')}</p>
    </div>
  );
}
