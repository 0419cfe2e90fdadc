import { Menu, type MenuItem } from './menu.tsx';
import type { FilledBody } from './shownBody.tsx';
import { useView } from './viewContext.ts';

interface EncodingMenuProps {
  readonly id: string;
  readonly hop: number;
  readonly body: FilledBody;
}

/** Our choice: what is still met in the world; each a name of the Encoding Standard. */
const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'koi8-r',
  'macintosh',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'euc-kr',
  'gb18030',
  'big5',
] as const;

/** In what the bytes were read, and in what else they can be read; bytes that are no text can be read as one. */
export function EncodingMenu({ id, hop, body }: EncodingMenuProps) {
  const { text, post } = useView();
  if (body.kind === 'image') return null;
  const current = body.kind === 'text' ? body.encoding : undefined;
  const isChosen = body.kind === 'text' && body.chosenEncoding === true;
  const items: MenuItem[] = [
    {
      label: text('encodingAsSaid'),
      checked: !isChosen,
      run: () => post({ type: 'decodeBody', id, hop }),
    },
    ...encodings.map((encoding) => ({
      label: encoding,
      checked: isChosen && encoding === current,
      run: () => post({ type: 'decodeBody', id, hop, encoding }),
    })),
  ];
  const shown = current ?? text('readAsText');
  return <Menu label={text('encodingMenu', shown)} shown={shown} items={items} quiet />;
}
