/** Small drawings of our own, 16 by 16, in the colour of the text around them. They say nothing to a screen reader: the text does. */
const shapes = {
  pass: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM4.9 8.2l2.1 2.2 4.2-4.6',
  error: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5.6 5.6l4.8 4.8m0-4.8-4.8 4.8',
  redirect: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM4.8 8h6m-2.4-2.6L11 8l-2.6 2.6',
  warning: 'M8 2 1.6 13.5h12.8L8 2Zm0 4.4v3.4m0 1.6v.4',
  note: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 7.4v3.8m0-6.4v.2',
  blocked: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM3.5 12.5l9-9',
  running: 'M8 1.5A6.5 6.5 0 1 1 1.5 8',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  pin: 'M5.5 1.8h5M6.3 1.8v4.4L4 9.4h8L9.7 6.2V1.8M8 9.4v4.8',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.3 7.8 3.7 3.7',
  wrap: 'M2 4h12M2 8h9.5a2.2 2.2 0 0 1 0 4.5H8m2-2-2 2 2 2M2 12h3',
  copy: 'M5.5 4.5v-2h8v9h-2M2.5 4.5h8v9h-8z',
  save: 'M8 2v7.5M4.8 6.5 8 9.7l3.2-3.2M2.5 11v2.5h11V11',
  open: 'M9.5 2.5h4v4M13.2 2.8 8 8M11.5 9v4.5h-9v-9H7',
  close: 'm4 4 8 8m0-8-8 8',
  down: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  document: 'M4 1.8h5.5L12.5 5v9.2H4V1.8Zm5.3.2v3.2h3M6 8h4.5M6 10.5h4.5',
  blank: '',
  check: 'm3 8.4 3.2 3.2L13 4.8',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
