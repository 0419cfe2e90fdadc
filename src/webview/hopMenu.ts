import type { ExchangeView, HopView } from '../protocol/exchangeView.ts';
import type { MenuItem } from './menu.tsx';
import type { ViewContext } from './viewContext.ts';

/** What can be done with a hop. Stopping and starting in the middle makes sense only where there is a middle. */
export function hopMenu(exchange: ExchangeView, hop: HopView, { text, post }: ViewContext): MenuItem[] {
  const at = { id: exchange.id, hop: hop.number };
  const isEnded = exchange.state !== 'running';
  const isLast = hop === exchange.hops.at(-1);
  const items: (MenuItem & { readonly fits: boolean })[] = [
    { label: text('copyHopAsHttp'), run: () => post({ type: 'copyHopAsHttp', ...at }), fits: true },
    { label: text('copyHopAsCurl'), run: () => post({ type: 'copyHopAsCurl', ...at, shell: 'bash' }), fits: true },
    {
      label: text('copyHopAsPowerShell'),
      run: () => post({ type: 'copyHopAsCurl', ...at, shell: 'powershell' }),
      fits: true,
    },
    { label: text('copyHopAsCmd'), run: () => post({ type: 'copyHopAsCurl', ...at, shell: 'cmd' }), fits: true },
    { label: text('exportHar'), run: () => post({ type: 'exportHar', id: exchange.id }), fits: isEnded },
    { label: text('compare'), run: () => post({ type: 'compare', id: exchange.id }), fits: isEnded },
    { label: text('stopHere'), run: () => post({ type: 'stopHere', ...at }), fits: !isLast },
    { label: text('sendFromHere'), run: () => post({ type: 'sendFromHere', ...at }), fits: hop.number > 1 },
  ];
  return items.filter(({ fits }) => fits);
}
